"""A request and deliveries for the pages: one with something of every sort in its plan, one set aside, and two sheets
of the police's own: one that nobody made a profile for yet, one with its restated row.
"""

from pathlib import Path

from indicators.models import Round, Series, Supplier
from monitor.base.models import User
from tests.indicators.deliveries.rows import delivery_row, request_row
from tests.indicators.sheets.rows import correction_row, own_sheet_row, profile_row

REQUEST, PLANNED, SET_ASIDE = 900_010, 900_020, 900_021
OWN_SHEET, OWN_PLANNED, PROFILE = 900_030, 900_031, 900_040
SHEETS = Path(__file__).parents[1] / "golden" / "suppliers"
ZEDEN = {
    "Zedenincidenten": "zeden-incidenten|nederland|realisatie|",
    "Voorraad": "zeden-voorraad|nederland|realisatie|",
    "Aangiften langer dan 6 maanden": "zeden-aangiften-langer-dan-6-maanden|nederland|realisatie|",
    "Aangiften": "zeden-aangiften|nederland|realisatie|",
    "Verdachten naar OM": "zeden-verdachten-om|nederland|realisatie|",
}
REGISTERED, VIOLENCE, SICK, USED = (
    ("misdrijven-geregistreerd|nederland|realisatie|", "2025"),
    ("gtpa-incidenten|nederland|realisatie|", "2025"),
    ("verzuim|nederland|realisatie|", "2023"),
    ("gdpa-incidenten|nederland|realisatie|", "2025"),
)


def deliver(author: User) -> None:
    """The police was asked for four figures and sent them back, not all of them right."""
    request = request_row(
        Round.objects.get(code="2026-2"),
        Supplier.objects.get(code="politie"),
        [REGISTERED, VIOLENCE, SICK, USED],
        author,
        id=REQUEST,
    )
    answers = {
        REGISTERED: {"waarde": 810_432, "opmerking": "Zonder de kustwacht.", "eerder_1": 803_999},
        VIOLENCE: {"waarde": "3.4.84", "status": "definitief"},
        SICK: {"waarde": 6.5, "status": "definitief"},
    }
    delivery_row(request, answers, author, id=PLANNED)
    delivery_row(
        request, {}, author, id=SET_ASIDE, state="terzijde", set_aside_reason="Verkeerde bijlage; de goede komt morgen."
    )
    _own_sheets(author)


def _own_sheets(author: User) -> None:
    """What the police sends in a table of its own, with a profile and a known error."""
    round_, police = Round.objects.get(code="2026-2"), Supplier.objects.get(code="politie")
    signs = (SHEETS / "14-tekens-gevraagd.xlsx").read_bytes()
    own_sheet_row(round_, police, signs, author, id=OWN_SHEET, file_name="geweld.xlsx")
    profile = profile_row(police, ZEDEN, author, id=PROFILE, name="Zedentabel", code="zedentabel")
    zeden = (SHEETS / "01-zeden-politie.xlsx").read_bytes()
    own_sheet_row(round_, police, zeden, author, id=OWN_PLANNED, file_name="zeden.xlsx", profile=profile)
    correction_row(police, Series.objects.get(key=ZEDEN["Aangiften"]), "../2024-11-02", author)
