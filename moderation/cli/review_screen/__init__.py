"""The full-screen reviewer: waiting cases, one case with its reasons, and the keys that decide it."""
