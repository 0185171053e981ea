"""The words that all rooms share. Imports the standard library only, so that every room can afford it."""
