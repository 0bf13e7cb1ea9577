"""Cases, rulings, appeals and their audit, as values and pure functions."""
