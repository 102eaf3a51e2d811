"""Sources: theorem files, linked texts, what a commit touches."""
