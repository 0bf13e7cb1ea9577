"""Wordlists as policy staff change them: batches, what they would do, and versions."""
