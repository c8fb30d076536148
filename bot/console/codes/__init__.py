"""Pages of printed codes, and the page that checks codes, also without a network."""
