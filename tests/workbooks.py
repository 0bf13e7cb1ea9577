"""XLSX workbooks of one sheet, written part by part, also such as no spreadsheet program writes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_XML = "application/xml"
_RELS = "application/vnd.openxmlformats-package.relationships+xml"


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with cells of text."""
    written = (
        f'<row r="{number}">{"".join(text_cell(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(row))}</row>'
        for number, row in enumerate(rows, 1)
    )
    return workbook_of("".join(written))


def text_cell(place: str, text: str) -> str:
    """Return a cell as it is written in a sheet."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def workbook_of(sheet: str, texts: str = "") -> bytes:
    """Return a workbook with rows as they are written in a sheet, and perhaps a part of texts that cells share."""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PARTS}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELS}"/><Default Extension="xml" ContentType="{_XML}"/></Types>',
        "_rels/.rels": _links("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_SHEETS}" xmlns:r="{_LINKS}"><sheets>'
        '<sheet name="batch" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEETS}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    if texts:
        parts["xl/sharedStrings.xml"] = texts
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return packed.getvalue()


def _links(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PARTS}/relationships">'
        f'<Relationship Id="rId1" Type="{_LINKS}/{kind}" Target="{target}"/></Relationships>'
    )
