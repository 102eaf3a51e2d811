"""Search: drawing, screening, shrinking, simplification."""
