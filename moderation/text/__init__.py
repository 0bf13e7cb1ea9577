"""Templates and their parts, folding to normal text, SMS segments, word edges."""
