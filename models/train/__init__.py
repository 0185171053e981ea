"""Trains the models; needs the ``train`` group and the recordings, and is no part of the running program."""
