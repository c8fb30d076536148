"""Pages of shelters: the registry, one shelter's desk, what does not fit, the report."""
