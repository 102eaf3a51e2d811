"""Verdicts: from instances to a record; certificates, proofs, the ledger, acceptance."""
