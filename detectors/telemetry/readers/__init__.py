"""One reader for each protocol: pieces of a conversation become records."""
