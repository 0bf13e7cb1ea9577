"""Families of SMS of our own, lawful and unlawful, as data: what the public collections lack."""
