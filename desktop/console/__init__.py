"""The face for volunteers: commands, text and JSON lines."""
