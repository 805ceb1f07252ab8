"""Reads a report's Word file and workbook back with python-docx and openpyxl and compares their numbers to the CSV.

Ends with 77 where these libraries are not installed.
"""

import csv
import re
import sys
from pathlib import Path

try:
    import docx
    import openpyxl
except ImportError as missing:
    print(missing)
    sys.exit(77)

folder = Path(sys.argv[1])
expected = {}
with open(folder / "frequencies.csv", encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        is_cell = row["level"] == "cell"
        if is_cell or not (row["case"] or row["phase"]):
            place = (row["case"], row["phase"]) if is_cell else None
            label = row["code_path"].split(" / ")[-1]
            expected[label, place] = int(row["mentions"]) if row["mentions"] else None

document = docx.Document(folder / "report.docx")
styles = {paragraph.style.name for paragraph in document.paragraphs}
assert {"Title", "Heading 1", "Heading 2", "Caption", "Quote"} <= styles, styles
captions = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
captions = [caption for caption in captions if caption.startswith("Tabell")]
assert len(captions) == len(document.tables), captions
table = document.tables[next(at for at, caption in enumerate(captions) if "Antall omtaler" in caption)]
assert table.style.name == "Table Grid"
rows = [[cell.text for cell in row.cells] for row in table.rows]
found = {}
for row in rows[2:]:
    for case, phase, text in zip(rows[0][1:], rows[1][1:], row[1:]):
        digits = re.sub(r"\D", "", text)
        found[row[0], (case, phase) if case else None] = int(digits) if digits else None
assert found == expected, ("Word", found, expected)

sheets = openpyxl.load_workbook(folder / "report.xlsx")
sheet = sheets["Omtaler"]
found = {}
total = "I alt"
for row in sheet.iter_rows(min_row=4):
    for cell in row[1:]:
        case, phase = sheet.cell(2, cell.column).value, sheet.cell(3, cell.column).value
        if total not in (case, phase):
            found[row[0].value, (case, phase)] = cell.value
        elif case == phase:
            found[row[0].value, None] = cell.value
assert found == expected, ("workbook", found, expected)
assert sheet.freeze_panes == "B4"
assert all(cell.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)
