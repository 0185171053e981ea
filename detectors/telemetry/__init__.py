"""The outside world becomes records. Loaded in worker processes only."""
