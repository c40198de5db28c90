"""Check constraints that hold a column to a fixed vocabulary."""

from django.db import models
from django.db.models import Q

from indicators.core.enumerations import LabelledEnum


def one_of(field: str, vocabulary: type[LabelledEnum], *, name: str, or_empty: bool = False) -> models.CheckConstraint:
    """The column may hold only the values of ``vocabulary`` (and the empty text when told so)."""
    allowed = [*vocabulary.codes(), ""] if or_empty else vocabulary.codes()
    return models.CheckConstraint(condition=Q(**{f"{field}__in": allowed}), name=name)
