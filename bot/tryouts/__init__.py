"""Tryouts: what the assistant makes of the questions that a county has already been asked."""
