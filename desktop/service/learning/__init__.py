"""What the program has learned: its models, how sure they are, what is usual here, and whether that has changed."""
