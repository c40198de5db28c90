"""Clean an SVG that Plotly made: fixed ids, a title and a description, no idle parts."""

import hashlib
import re
from xml.sax.saxutils import escape, quoteattr

from monitor.base.core.errors import RenderingFailed

_LAYOUT_ID = re.compile(r'<defs id="defs-([0-9a-f]{6})">')
_EMPTY_GROUP = re.compile(r'<g(?: class="[^"]*")?/>')
_EMPTY_PATH = re.compile(
    r'<path class="(?:xy|x|y)lines-(?:below|above)(?: crisp)?"(?: d="M0,0")?(?: style="fill: none;")?/>'
)
_CONTROLS = re.compile(r'<rect class="(?:legendtoggle|scrollbar|scrollbox)"[^>]*/>')
_ROOT = re.compile(r"<svg ([^>]*)>")
_EMPTY_STYLE = re.compile(r' style=""')


def clean_svg(raw: bytes, *, key: str, title: str, description: str) -> bytes:
    """The same picture with ids made from ``key`` (Plotly draws six random digits) and texts for a screen reader.

    Raises :class:`RenderingFailed` when the picture does not look like Plotly's: random ids would go unnoticed.
    """
    text = raw.decode()
    found = _LAYOUT_ID.search(text)
    if found is None:
        raise RenderingFailed(f"De grafiek ‘{title}’ kon niet worden gemaakt: de tekening heeft een onbekende vorm.")
    # A letter in front: an id may not begin with a digit, and the six digits never occur as a number this way.
    stable = "c" + hashlib.sha256(key.encode()).hexdigest()[:10]
    text = re.sub(rf"(?<=[-a-z]){found.group(1)}(?![0-9a-f]{{3}})", stable, text)
    for idle in (_CONTROLS, _EMPTY_PATH, _EMPTY_STYLE):
        text = idle.sub("", text)
    text = _without_empty_groups(text)
    return _with_texts(text, stable, title, description).encode()


def _without_empty_groups(text: str) -> str:
    """Plotly leaves some forty empty groups, nested; each pass removes one level."""
    previous = ""
    while previous != text:
        previous, text = text, _EMPTY_GROUP.sub("", text)
        text = re.sub(r'<g(?: class="[^"]*")?></g>', "", text)
    return text


def _with_texts(text: str, stable: str, title: str, description: str) -> str:
    labels = quoteattr(f"{stable}-title {stable}-desc")
    head = f'<title id="{stable}-title">{escape(title)}</title><desc id="{stable}-desc">{escape(description)}</desc>'
    return _ROOT.sub(lambda root: f'<svg {root.group(1)} role="img" aria-labelledby={labels}>{head}', text, count=1)
