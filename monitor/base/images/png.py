"""PNG pictures for Word, made from the SVG (cheaper than a second picture by the browser)."""

import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from monitor.base.core.errors import RenderingFailed, ToolMissing

_TIMEOUT_SECONDS = 60


def svg_to_png(svg: bytes, scale: float = 2) -> bytes:
    """The picture in pixels, ``scale`` times the size of the SVG. No network and no files are read."""
    program = shutil.which("rsvg-convert")
    if program is None:
        raise ToolMissing(
            "Het programma rsvg-convert ontbreekt; afbeeldingen voor Word kunnen niet worden gemaakt."
            " Installeer het met ‘apt-get install librsvg2-bin’."
        )
    command = [program, "--format=png", f"--zoom={scale}", "--background-color=white"]
    try:
        done = subprocess.run(command, input=svg, capture_output=True, timeout=_TIMEOUT_SECONDS, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError) as error:
        raise RenderingFailed("Een grafiek kon niet in een afbeelding voor Word worden omgezet.") from error
    return done.stdout


def svgs_to_pngs(svgs: Mapping[str, bytes], scale: float = 2) -> dict[str, bytes]:
    """Every SVG as PNG, under the same keys; two at a time, since each is a process of its own."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return dict(zip(svgs, pool.map(lambda svg: svg_to_png(svg, scale), svgs.values()), strict=True))
