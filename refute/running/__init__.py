"""Running: check, hunt and power over many processes."""
