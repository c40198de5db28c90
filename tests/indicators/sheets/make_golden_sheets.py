"""Makes the golden sheets anew: ``python -m tests.indicators.sheets.make_golden_sheets``.

The same bytes come out every time, except for the files that LibreOffice saves; those are only made when missing. What
a sheet must give stands beside it (``….verwacht.json``) and is never written over: read the outcome that is printed for
a new sheet, and keep it only when every line of it is right.
"""

import subprocess
import tempfile
from pathlib import Path

from tests.indicators.sheets.golden_outcome import FOLDER, expected_path, outcome_of, written
from tests.indicators.sheets.golden_sheets import GOLDEN, Golden


def make(golden: Golden) -> None:
    target = FOLDER / golden.file_name
    if not golden.converted:
        target.write_bytes(golden.make())
    elif not target.exists():
        target.write_bytes(_converted(golden))


def _converted(golden: Golden) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / golden.name
        source.write_bytes(golden.make())
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profiel", "--headless", "--convert-to",
             golden.converted, "--outdir", f"{folder}/uit", str(source)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        return (Path(folder) / "uit" / golden.file_name).read_bytes()


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for golden in GOLDEN:
        make(golden)
        if not expected_path(golden).exists():
            print(f"--- {golden.file_name}")
            print(written(outcome_of(golden)))


if __name__ == "__main__":
    main()
