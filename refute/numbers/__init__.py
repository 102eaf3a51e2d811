"""Numbers: exact reals, balls, mpmath, batches of floats, vectors, elementary functions, differentiation."""
