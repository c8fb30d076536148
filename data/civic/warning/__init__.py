"""Warnings that are relayed, and what the county decides: records, life cycles, pure rules."""
