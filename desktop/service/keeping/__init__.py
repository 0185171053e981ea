"""What is kept: findings, runs, skipped lines, judgements and the journal, in one SQLite file."""
