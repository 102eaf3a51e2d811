"""Orbits: maps, certificates of limits, periodic orbits, flows."""
