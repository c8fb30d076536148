"""Backups: what stands, encrypted, with the keys of people kept apart."""
