"""What the parameters of a statement may be, and signs of functions of them, exact."""
