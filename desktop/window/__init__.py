"""The face for everyone. The only place that imports Qt."""
