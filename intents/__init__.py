"""The ear: what does a sentence want."""
