"""Rates of judgements on labelled texts, with their intervals, against stored bounds, and as a page."""
