"""`/api/v1/staff` for programs of the county's staff, opened by a token."""
