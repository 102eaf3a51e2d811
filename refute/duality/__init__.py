"""Deciding by duality: a body that is run once on abstract points, and what is linear in their inner products and in values."""
