"""The ways to judge. Each file wraps one foreign library."""
