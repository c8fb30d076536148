"""Records, life cycles and pure rules; the standard library only."""
