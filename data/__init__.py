"""What the house knows and keeps: records and rules, the first content, the store."""
