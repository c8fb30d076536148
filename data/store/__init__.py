"""MongoDB: what is kept, one file an aggregate; the only room that imports motor."""
