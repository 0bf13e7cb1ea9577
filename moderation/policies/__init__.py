"""What one tenant allows, forbids and re-weights: documents, what they inherit, and what is wrong in them."""
