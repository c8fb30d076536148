"""Bulk: content as sheets of rows, out and in again with the same columns."""
