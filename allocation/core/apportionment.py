"""Largest remainder: rounded parts that add up to the total exactly (the method of Hamilton)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import floor


def apportion(total: Decimal, parts: Mapping[str, Fraction], step: Decimal) -> dict[str, Decimal]:
    """Divide ``total`` in proportion to ``parts``, each a whole number of ``step``; the sum is ``total`` to the digit.

    What is left after rounding down goes, a step at a time, to the largest remainders; equal remainders in order of
    name, so that the order of ``parts`` does not matter. Parts may be negative, their sum may not be zero or less, and
    ``total`` must be a whole number of steps: ValueError.
    """
    steps = Fraction(total) / Fraction(step)
    whole = sum(parts.values(), Fraction(0))
    if whole <= 0:
        raise ValueError("The parts add up to zero or less: there is nothing to divide by.")
    if steps.denominator != 1:
        raise ValueError(f"{total} is not a whole number of {step}.")
    exact = {name: steps * part / whole for name, part in parts.items()}
    rounded = {name: floor(value) for name, value in exact.items()}
    left = int(steps) - sum(rounded.values())
    for name in sorted(exact, key=lambda name: (rounded[name] - exact[name], name))[:left]:
        rounded[name] += 1
    return {name: rounded[name] * step for name in parts}
