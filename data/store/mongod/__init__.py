"""A `mongod` of our own as a child: found, started, shared among processes, stopped."""
