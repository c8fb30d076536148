"""The feeds of warnings: the national format and CAP, in and out, and the door they push to."""
