"""The neutral Word document whose styles the DOCX reports take over.

``python -m reports.rendering.reference FILE`` writes it; a ministry starts from that file, puts in its own letterhead,
fonts and colours, and points REPORT_REFERENCE_DOCX at the result. The styles below are the ones reports use.
"""

import sys
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.text.paragraph import Paragraph

from reports.rendering.archive import repeatable_zip
from reports.rendering.pandoc import run_pandoc

ASSET = Path(__file__).resolve().parent / "assets" / "reference.docx"
_FONT = "Noto Sans"
_INK, _MUTED, _DEEP, _BLUE = (RGBColor.from_string(code) for code in ("1B2733", "4D5B68", "17375E", "1F4E79"))

# style: (size in points, bold (None: as the table around it), colour, space before, space after, keep with next)
_PARAGRAPHS: dict[str, tuple[float, bool | None, RGBColor, float, float, bool]] = {
    "Normal": (9.5, False, _INK, 0, 4, False),
    "Body Text": (9.5, False, _INK, 0, 6, False),
    "First Paragraph": (9.5, False, _INK, 0, 6, False),
    "Compact": (8.5, None, _INK, 1.5, 1.5, False),
    "Title": (20, True, _DEEP, 0, 4, True),
    "Subtitle": (10, False, _MUTED, 0, 2, True),
    "Heading 1": (14, True, _DEEP, 16, 6, True),
    "Heading 2": (11.5, True, _DEEP, 12, 4, True),
    "Heading 3": (10, True, _DEEP, 8, 2, True),
    "Heading 4": (9.5, True, _DEEP, 6, 2, True),
    "Table Caption": (9, True, _DEEP, 8, 3, True),
    "Figuurkop": (9, True, _DEEP, 10, 3, True),
    "Figuur": (9.5, False, _INK, 0, 2, True),
    "Bron": (7.5, False, _MUTED, 2, 8, False),
    "Veld": (9, False, _INK, 0, 1, True),
    "Peildatum": (9, False, _MUTED, 4, 8, False),
    "Kaderkop": (9.5, True, _DEEP, 8, 0, True),
    "Kader": (9, False, _INK, 0, 8, False),
    "Kerncijfer": (20, True, _DEEP, 0, 0, True),
    "Tegeltekst": (9, False, _INK, 0, 1, True),
    "Tegelnoot": (8, False, _MUTED, 1, 1, True),
    "Tegelbron": (7.5, False, _MUTED, 1, 12, False),
    "Tegels begin": (2, False, _INK, 0, 0, False),
    "Tegels einde": (2, False, _INK, 0, 0, False),
    "Footnote Text": (7.5, False, _INK, 0, 1, False),
    "Footer": (7.5, False, _MUTED, 0, 0, False),
}
_TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>
<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>
<w:top w:val="nil"/><w:bottom w:val="single" w:sz="4" w:color="C9D3DD"/>
<w:insideH w:val="single" w:sz="4" w:color="E1E6EB"/></w:tblBorders>
<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>"""


def build_reference() -> bytes:
    """The reference document: pandoc's own with our styles and a footer with “Pagina x van y”. The bytes repeat."""
    word = docx.Document(BytesIO(run_pandoc(["--print-default-data-file=reference.docx"])))
    for name, (size, bold, colour, before, after, keep) in _PARAGRAPHS.items():
        style = _paragraph_style(word, name)
        _write(style, size, colour, bold=bold)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = keep
    _details(word)
    _page(word)
    core = word.core_properties
    core.title = core.author = core.last_modified_by = core.keywords = core.subject = ""
    core.created = core.modified = datetime(2000, 1, 1)
    target = BytesIO()
    word.save(target)
    return repeatable_zip(target.getvalue())


def _paragraph_style(word: WordDocument, name: str) -> ParagraphStyle:
    styles = word.styles
    if name not in styles:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    found = styles[name]
    if not isinstance(found, ParagraphStyle):
        raise ValueError(f"The style {name} of pandoc's document is not one of paragraphs")
    return found


def _write(style: ParagraphStyle | CharacterStyle, size: float, colour: RGBColor, *, bold: bool | None) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the named one
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), _FONT)


def _details(word: WordDocument) -> None:
    styles = word.styles
    for name in ("Title", "Subtitle"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for spacing in styles[name].element.rPr.findall(qn("w:spacing")):  # letters set apart, in pandoc's own
            styles[name].element.rPr.remove(spacing)
    fields = styles["Veld"].paragraph_format
    fields.tab_stops.add_tab_stop(Cm(3.2))
    fields.left_indent, fields.first_line_indent = Cm(3.2), Cm(-3.2)
    for name in ("Kader", "Kaderkop"):
        properties = styles[name].element.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="1F4E79"/></w:pBdr>'
            )
        )
        properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="EEF3F8"/>'))
    _write(styles.add_style("Kerneenheid", WD_STYLE_TYPE.CHARACTER), 10, _INK, bold=False)
    old = styles["Table"].element
    old.getparent().replace(old, parse_xml(_TABLE_STYLE))


def _page(word: WordDocument) -> None:
    """A4, margins of an official annex, and a footer with the page number and the number of pages."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Cm(2.4),
        Cm(2),
        Cm(2.2),
        Cm(2.2),
    )
    footer = section.footer.paragraphs[0]
    footer.style = word.styles["Footer"]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    footer.add_run("Pagina ")
    _field(footer, "PAGE")
    footer.add_run(" van ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    field.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>1</w:t></w:r>"))
    paragraph._p.append(field)


if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else ASSET).write_bytes(build_reference())
