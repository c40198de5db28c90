"""Tiles in Word: pandoc writes them one under the other between two marks; here they become rows of cells."""

from itertools import takewhile

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

_TWIPS_PER_CM = 567
_EDGE = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9D3DD"/>' for side in ("left", "bottom", "right")
)
_CELL = """<w:tc {namespace}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>\
<w:top w:val="single" w:sz="24" w:space="0" w:color="1F4E79"/>{edge}</w:tcBorders><w:tcMar>\
<w:top w:w="60" w:type="dxa"/><w:left w:w="140" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tcMar></w:tcPr>\
</w:tc>"""
_NO_CELL = """<w:tc {namespace}><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>"""
# No header row and no style: a table for the layout only, read cell by cell.
_TABLE = """<w:tbl {namespace}><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:tblLayout w:type="fixed"/>\
<w:tblLook w:val="0000"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>"""


def set_tiles(word: WordDocument, *, columns: int, width: float) -> None:
    """Put every group of tiles in a table of ``columns`` cells over ``width`` centimetres."""
    begin, end = (_style_id(word, name) for name in ("Tegels begin", "Tegels einde"))
    titles = {_style_id(word, f"Heading {level}") for level in range(1, 6)}
    for mark in [p._p for p in word.paragraphs if p._p.style == begin]:
        members = list(takewhile(lambda element: _style(element) != end, mark.itersiblings()))
        tiles: list[list[BaseOxmlElement]] = []
        for element in members:
            if _style(element) in titles:
                tiles.append([])
            if element.tag in (qn("w:p"), qn("w:tbl")):
                tiles[-1].append(element)
            else:  # bookmarks of headings have no place between cells
                element.getparent().remove(element)
        _fill(mark, tiles, columns, round(width * _TWIPS_PER_CM))
    for mark in [p._p for p in word.paragraphs if p._p.style == end]:
        for run in mark.findall(qn("w:r")):  # the mark stays, empty: two tables that touch would become one
            mark.remove(run)


def _style_id(word: WordDocument, name: str) -> str | None:
    return word.styles[name].style_id if name in word.styles else None


def _style(element: BaseOxmlElement) -> str | None:
    return element.style if element.tag == qn("w:p") else None


def _fill(mark: BaseOxmlElement, tiles: list[list[BaseOxmlElement]], columns: int, total: int) -> None:
    """The table takes the place of the mark before the tiles; the mark after them keeps tables apart."""
    width = total // columns
    namespace = nsdecls("w")
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    table = parse_xml(_TABLE.format(namespace=namespace, total=width * columns, grid=grid))
    for start in range(0, len(tiles), columns):
        members = tiles[start : start + columns]
        row = OxmlElement("w:tr")
        row.append(parse_xml(f"<w:trPr {namespace}><w:cantSplit/></w:trPr>"))
        for tile in members:
            cell = parse_xml(_CELL.format(namespace=namespace, width=width, edge=_EDGE))
            cell.extend(tile)
            _loosen(cell)
            row.append(cell)
        for _ in range(columns - len(members)):
            row.append(parse_xml(_NO_CELL.format(namespace=namespace, width=width)))
        table.append(row)
    mark.getparent().replace(mark, table)


def _loosen(cell: BaseOxmlElement) -> None:
    """Within a cell “keep with next” would chain all rows to one page, and a table keeps to the width of its cell."""
    for paragraph in cell.iter(qn("w:p")):
        paragraph.get_or_add_pPr().get_or_add_keepNext().set(qn("w:val"), "0")
    for properties in cell.iter(qn("w:tblPr")):
        for layout in properties.findall(qn("w:tblLayout")):
            layout.set(qn("w:type"), "autofit")
