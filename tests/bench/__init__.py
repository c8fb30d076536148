"""Ratios against a limit probe in the same run: `make bench`."""
