"""Safety: what keeps a broken or hostile input from taking anything with it."""
