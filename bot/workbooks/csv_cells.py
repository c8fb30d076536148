"""Write cells of CSV files that a spreadsheet shows and never computes."""

FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What a cell must not begin with, or a spreadsheet computes instead of showing."""


def cell(value: object) -> str:
    """Write a cell: quoted, and never a formula."""
    text = str(value)
    held = f"'{text}" if text.startswith(FORMULA_LIKE) else text
    return '"' + held.replace('"', '""') + '"'
