"""A small country: three units, six municipalities, three features."""

from decimal import Decimal

from allocation.core.model import Model, Municipality, Standing

WEIGHTS = {
    "inwoners": Decimal("-0.000081006"),
    "bijstandsontvangers": Decimal("0.000784820"),
    "bedrijven": Decimal("0.000132355"),
}
MODEL = Model("proef", "Proefmodel", Standing.RESEARCH, WEIGHTS)
_ROWS = (
    ("GM0001", "Aa", "Noord", 10_000, 4_200, 900),
    ("GM0002", "Bee", "Noord", 25_000, 6_100, 2_500),
    ("GM0003", "Cee", "Midden", 80_000, 20_500, 9_100),
    ("GM0004", "Dee", "Midden", 8_000, 900, 1_200),
    ("GM0005", "Ee", "Zuid", 120_000, 44_000, 15_000),
    ("GM0006", "Ef", "Zuid", 30_000, 5_000, 4_000),
)
MUNICIPALITIES = tuple(
    Municipality(code, name, unit, dict(zip(WEIGHTS, map(Decimal, numbers), strict=True)))
    for code, name, unit, *numbers in _ROWS
)
