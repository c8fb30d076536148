"""Write the template of a roster: how to fill it in, the headings, one line as an example."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from data.civic.safety.rows import NEEDED, Column, RosterWords

WIDTH, WIDE, HOW_WIDTH = 14, 24, 110
BROAD = (Column.ID_NUMBER, Column.VILLAGE, Column.ADDRESS, Column.RISKS)
LINES = 2_000
"""Lines that are formatted as text beforehand, so that Excel keeps every digit."""
TEXT = "@"

HEAD = Font(bold=True, color="FFFFFF")
HEAD_FILL = PatternFill("solid", fgColor="1F4E78")
NEEDED_FILL = PatternFill("solid", fgColor="C00000")


def template(words: RosterWords) -> bytes:
    """Write an empty roster with the headings that are known."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(words.sheet)
    for number, column in enumerate(Column, start=1):
        cell = sheet.cell(1, number, words.columns[column][0])
        cell.font, cell.fill = HEAD, NEEDED_FILL if column in NEEDED else HEAD_FILL
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = WIDE if column in BROAD else WIDTH
        for line in range(2, LINES + 2):
            sheet.cell(line, number).number_format = TEXT
    for number, value in enumerate(words.example, start=1):
        sheet.cell(2, number).value = value or None
    sheet.freeze_panes = "B2"
    how = book.create_sheet(words.how_sheet)
    how.column_dimensions["A"].width = HOW_WIDTH
    for at, text in enumerate(words.how, start=1):
        cell = how.cell(at, 1, text)
        cell.alignment, cell.font = Alignment(wrap_text=True), Font(bold=at == 1, size=12)
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()
