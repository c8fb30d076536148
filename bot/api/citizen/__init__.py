"""`/api/v1` for the mini-programs of citizens."""
