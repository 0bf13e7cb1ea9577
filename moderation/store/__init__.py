"""Verdicts, cases, appeals and their audit in SQLite or PostgreSQL."""
