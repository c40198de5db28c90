"""What WeasyPrint leaves out of a PDF/UA-1 file, added afterwards; the bytes repeat.

What readers and archives demand, from ISO 14289-1: the scope of every header cell (7.5), the identification in the
metadata (clause 5, with the PDF/A extension schema that ISO 19005-2, 6.6.2.3 asks for), printable annotations
(ISO 19005-2, 6.3.2), and streams whose end is clear (6.1.7.1).
"""

import re
import zlib
from base64 import a85encode
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_PRINT_FLAG = 4
_PDFUA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>\
</rdf:Description>\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 the file follows</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_END = b"</rdf:RDF>"
_UNCLEAR_END = re.compile(rb"[\r\n]\nendstream")


def finish(raw: bytes, *, title: str) -> bytes:
    """The finished file. Raises ``ValueError`` when the PDF has no tags or no metadata."""
    with pikepdf.open(BytesIO(raw)) as pdf:
        if "/StructTreeRoot" not in pdf.Root or "/Metadata" not in pdf.Root:
            raise ValueError("The PDF has no tags or no metadata")
        for element, ancestors in _elements(pdf):
            if element.get("/S") == Name.TH:
                _set_scope(element, "/Column" if "/THead" in ancestors else "/Row")
        _identify(pdf)
        for sheet in pdf.pages:
            for annotation in sheet.get("/Annots", Array()):
                annotation["/F"] = int(annotation.get("/F", 0)) | _PRINT_FLAG
        pdf.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
        return _saved(pdf)


def _elements(pdf: Pdf) -> Iterator[tuple[pikepdf.Object, tuple[str, ...]]]:
    """Every structure element with the types of those around it."""
    stack: list[tuple[pikepdf.Object, tuple[str, ...]]] = [(pdf.Root.StructTreeRoot, ())]
    while stack:
        element, ancestors = stack.pop()
        kind = str(element.get("/S", ""))
        if kind:
            yield element, ancestors
        kids = element.get("/K")
        if isinstance(kids, Dictionary):
            kids = Array([kids])
        if isinstance(kids, Array):
            stack += [(kid, (*ancestors, kind)) for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]


def _set_scope(element: pikepdf.Object, scope: str) -> None:
    attributes = element.get("/A")
    own = Dictionary(O=Name.Table, Scope=Name(scope))
    if isinstance(attributes, Dictionary) and attributes.get("/O") == Name.Table:
        attributes["/Scope"] = Name(scope)
    elif isinstance(attributes, Array):
        tables = [a for a in attributes if isinstance(a, Dictionary) and a.get("/O") == Name.Table]
        if tables:
            tables[0]["/Scope"] = Name(scope)
        else:
            attributes.append(own)
    elif isinstance(attributes, Dictionary):
        element["/A"] = Array([attributes, own])
    else:
        element["/A"] = own


def _identify(pdf: Pdf) -> None:
    """Add the PDF/UA part to the metadata, which stays uncompressed: archives read it without a PDF reader."""
    metadata = pdf.Root.Metadata.read_bytes()
    if _END not in metadata:
        raise ValueError("The metadata of the PDF has an unknown form")
    if b"pdfuaid" not in metadata:
        metadata = metadata.replace(_END, _PDFUA.encode() + _END, 1)
    pdf.Root.Metadata = pdf.make_stream(metadata.rstrip(), {"/Type": Name.Metadata, "/Subtype": Name.XML})


def _saved(pdf: Pdf) -> bytes:
    """The bytes of the file: packed small, or plainly when a packed stream happens to end in a line end.

    A reader that takes such a last byte for the line end before ``endstream`` finds another length than was written,
    which ISO 19005-2, 6.1.7.1 forbids. One packed stream in a hundred ends that way; qpdf chooses the bytes of the
    ones it packs, so in the plain form objects stand by themselves and the unlucky streams get a coat of ASCII85.
    """
    small = _written(pdf, packed=True)
    if not _UNCLEAR_END.search(small):
        return small
    for stream in pdf.objects:
        if isinstance(stream, pikepdf.Stream) and stream.get("/Type") != Name.Metadata:
            _end_clearly(stream)
    return _written(pdf, packed=False)


def _end_clearly(stream: pikepdf.Stream) -> None:
    if "/Filter" not in stream:
        stream.write(zlib.compress(stream.read_raw_bytes(), 9), filter=Name.FlateDecode)
    if (raw := stream.read_raw_bytes()).endswith((b"\r", b"\n")):
        _wrap(stream, raw)


def _wrap(stream: pikepdf.Stream, raw: bytes) -> None:
    filters, parameters = stream.Filter, stream.get("/DecodeParms")
    inner = filters if isinstance(filters, Array) else Array([filters])
    if isinstance(parameters, Dictionary):
        parameters = Array([parameters])
    stream.write(
        a85encode(raw) + b"~>",
        filter=Array([Name.ASCII85Decode, *inner]),
        decode_parms=None if parameters is None else Array([None, *parameters]),
    )


def _written(pdf: Pdf, *, packed: bool) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        compress_streams=packed,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,  # what is packed already stays as it is
        object_stream_mode=pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable,
        linearize=False,
        fix_metadata_version=False,
    )
    return target.getvalue()
