"""Semidefinite programs in floats: what a solver sees of a problem, and what it guesses."""
