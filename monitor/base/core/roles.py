"""The roles of DESIGN section 1: what a person may do in the monitor."""

from enum import StrEnum


class Role(StrEnum):
    """A role; one person may have several."""

    INVOERDER = "invoerder"
    CONTROLEUR = "controleur"
    REDACTEUR = "redacteur"
    REKENAAR = "rekenaar"
    RAADPLEGER = "raadpleger"
    BEHEERDER = "beheerder"

    @property
    def label(self) -> str:
        return self.value
