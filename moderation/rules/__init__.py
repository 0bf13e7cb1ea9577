"""What a rule is, and one file of them per family."""
