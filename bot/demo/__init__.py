"""The platforms as real HTTP servers for demo and tests, and the page with two phones."""
