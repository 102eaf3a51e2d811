"""Attacks on the trusted core, with answers of their own to compare with: see README.md beside this folder."""
