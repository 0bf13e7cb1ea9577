"""Content compliance for Chinese SMS templates."""

__version__ = "0.1.0"
