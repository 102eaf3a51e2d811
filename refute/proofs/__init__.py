"""Proofs: of finitely many instances, identities and quadratics at once; those by duality as files, as lines, as TeX and for Rocq."""
