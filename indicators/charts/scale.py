"""The value axis: a range and ticks a reader can count with, chosen the same way every time."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
# A line that moves 3% must not look like a crash: the axis shows at least this share of the highest value.
_LEAST_VISIBLE_SHARE = Decimal("0.25")
_ROOM_FOR_LABELS = Decimal("0.15")


@dataclass(frozen=True)
class Scale:
    """``low`` to ``high`` in the unit of the chart, with a tick at every ``step``."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        first = int((self.low / self.step).to_integral_value(ROUND_CEILING))
        last = int((self.high / self.step).to_integral_value(ROUND_FLOOR))
        return tuple(self.step * number for number in range(first, last + 1))

    @property
    def starts_at_zero(self) -> bool:
        return self.low <= 0 <= self.high

    @property
    def decimals(self) -> int:
        """Decimals the ticks need: a step of 2,5 needs one."""
        exponent = self.step.normalize().as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


def nice_step(span: Decimal, wanted: int = 5) -> Decimal:
    """The smallest of 1, 2, 2½, 5 times a power of ten that divides ``span`` into at most ``wanted`` parts."""
    rough = span / wanted
    power = Decimal(10) ** rough.adjusted()
    return next(step * power for step in _STEPS if step * power >= rough)


def bar_scale(values: Sequence[Decimal], room: Decimal = _ROOM_FOR_LABELS) -> Scale:
    """From zero, always: the length of a bar is its value. ``room`` is kept free beyond the longest bar."""
    highest, lowest = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    span = (highest - lowest) or Decimal(1)
    high = highest + span * room if highest > 0 or lowest == 0 else Decimal(0)
    low = lowest - span * room if lowest < 0 else Decimal(0)
    return Scale(low, high, nice_step(high - low))


def line_scale(values: Sequence[Decimal]) -> Scale:
    """Around the values, from zero when zero is near, and never so narrow that small changes look large."""
    if not values:
        return Scale(Decimal(0), Decimal(1), Decimal(1))
    highest, lowest = max(values), min(values)
    largest = max(abs(highest), abs(lowest)) or Decimal(1)
    span = max(highest - lowest, largest * _LEAST_VISIBLE_SHARE)
    if 0 <= lowest <= span:
        return bar_scale(values, Decimal("0.12"))
    middle = (highest + lowest) / 2
    low, high = middle - span * Decimal("0.7"), middle + span * Decimal("0.7")
    step = nice_step(high - low)
    return Scale((low / step).to_integral_value(ROUND_FLOOR) * step, high, step)
