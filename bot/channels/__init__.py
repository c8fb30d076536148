"""The platforms' own languages: what they push to us, and how we call them."""
