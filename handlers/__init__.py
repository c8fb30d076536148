"""What is answered (desks) and what is done (acts)."""
