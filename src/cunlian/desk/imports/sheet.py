"""The workbook people fill in: Chinese headings, text cells so that no number is rounded, one row as an example."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font

from cunlian.desk.sheets import KINDS
from cunlian.people.imports.fields import EXAMPLE_ROW, FIELDS, NEEDED, TITLE

EMPTY_ROWS = 500


def template() -> FileResponse:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = TITLE
    for column, field in enumerate(FIELDS.values(), start=1):
        head = sheet.cell(1, column, field.words[0])
        head.font = Font(bold=field.name in NEEDED)
        sheet.cell(2, column, EXAMPLE_ROW[field.name])
        sheet.column_dimensions[head.column_letter].width = 24 if field.name in ("id_number", "address") else 14
        for row in range(2, EMPTY_ROWS):
            sheet.cell(row, column).number_format = "@"
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    name = _("Template of the register")
    return FileResponse(buffer, as_attachment=True, filename=f"{name}.xlsx", content_type=KINDS["xlsx"])
