"""The first release as files, and the reader that names every mistake in them."""
