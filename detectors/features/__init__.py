"""Numbers computed from records: pure functions, shared by detection and training."""
