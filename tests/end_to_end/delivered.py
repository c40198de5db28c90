"""A request and two deliveries for the pages: one with something of every sort in its plan, one set aside."""

from indicators.models import Round, Supplier
from monitor.base.models import User
from tests.indicators.deliveries.rows import delivery_row, request_row

REQUEST, PLANNED, SET_ASIDE = 900_010, 900_020, 900_021
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
