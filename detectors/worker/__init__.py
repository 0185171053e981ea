"""The wall: what strangers wrote is parsed in a separate, limited process."""
