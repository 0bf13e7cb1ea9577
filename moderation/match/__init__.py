"""Wordlists, the automaton, patterns, links and the classifier."""
