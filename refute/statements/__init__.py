"""Statements: claims, domains, theorems and their records, exact data as JSON, fingerprints."""
