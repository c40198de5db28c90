"""Two people at the same moment, each with a connection of their own.

On PostgreSQL a test calls :func:`everything`; on SQLite it runs this module in a process of its own, on a database in
a file (in memory there is one connection).
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from typing import Any

import django

TIMES = 6  # every scene is played again with a series of its own: who wins differs
Act = Callable[[], Any]
Outcome = dict[str, Any]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "monitor.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    json.dump(everything(), sys.stdout)


def everything() -> dict[str, list[Outcome]]:
    """What came of every scene, by its name."""
    from tests.indicators.proposals.desk import Desk

    scenes = (
        two_saves, two_changes, two_approvals, approval_and_save, revision_twice, selections_that_cross,
        delivery_and_save, two_confirmations, two_uploads, closing, closing_with_a_fact,
    )  # fmt: skip
    desk = Desk()
    return {scene.__name__: [_on_a_new_series(desk, scene) for _ in range(TIMES)] for scene in scenes}


def _on_a_new_series(desk: Any, scene: Callable[[Any], Outcome]) -> Outcome:
    from tests.factories import IndicatorFactory, SeriesFactory

    desk.series = SeriesFactory(indicator=IndicatorFactory())
    desk.ask(desk.series)
    return scene(desk)


def together(*acts: Act) -> list[str]:
    """Do the acts at the same moment; “gelukt” or the name of what refused it, in order of the acts."""
    from django.db import connection

    barrier = threading.Barrier(len(acts))
    told = [""] * len(acts)

    def do(number: int, act: Act) -> None:
        try:
            barrier.wait(30)
            act()
            told[number] = "gelukt"
        except Exception as error:
            told[number] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return told


def _standing(desk: Any) -> Outcome:
    """All that is kept of the series."""
    from indicators.models import Observation, Proposal, ProposalEdit

    observations = Observation.objects.filter(series=desk.series).order_by("revision")
    log = ProposalEdit.objects.filter(series=desk.series)
    return {
        "proposals": [
            str(value) for value in Proposal.objects.filter(series=desk.series).values_list("value", flat=True)
        ],
        "observations": [[str(row.value), row.revision, row.known_to is None] for row in observations],
        "log": list(log.order_by("pk").values_list("act", flat=True)),
    }


def two_saves(desk: Any) -> Outcome:
    """Both saw an empty cell."""
    told = together(lambda: desk.save("1"), lambda: desk.save("2", by=desk.chris))
    return {"told": told, **_standing(desk)}


def two_changes(desk: Any) -> Outcome:
    """Both saw the same value."""
    desk.save("5")
    told = together(lambda: desk.save("1", version=1), lambda: desk.save("2", by=desk.chris, version=1))
    return {"told": told, **_standing(desk)}


def two_approvals(desk: Any) -> Outcome:
    from indicators.services.approval import approve_proposals

    seen = _pairs(desk.submitted("5"))
    others = (desk.bram, desk.chris)
    told = together(*(lambda by=by: approve_proposals(by=by, pairs=seen) for by in others))  # type: ignore[misc]
    return {"told": told, **_standing(desk)}


def approval_and_save(desk: Any) -> Outcome:
    from indicators.services.approval import approve_proposals

    seen = _pairs(desk.submitted("5"))
    told = together(lambda: approve_proposals(by=desk.bram, pairs=seen), lambda: desk.save("6", version=2))
    return {"told": told, **_standing(desk)}


def revision_twice(desk: Any) -> Outcome:
    """Two people propose to change one checked figure; the one that is left is checked by two people."""
    from indicators.services.approval import approve_proposals
    from indicators.services.submission import submit_proposals

    desk.checked("5")
    why = {"change_kind": "correctie", "reason": "Typefout."}
    told = together(lambda: desk.save("6", **why), lambda: desk.save("7", by=desk.chris, **why))
    left = desk.series.proposals.get()
    submit_proposals(by=desk.anna, pairs=_pairs(left))
    left.refresh_from_db()
    dirk = _second_checker()
    checks = together(
        lambda: approve_proposals(by=desk.bram, pairs=_pairs(left)),
        lambda: approve_proposals(by=dirk, pairs=_pairs(left)),
    )
    return {"told": told, "checks": checks, "left": str(left.value), **_standing(desk)}


def selections_that_cross(desk: Any) -> Outcome:
    """Two selections share values, in opposite order: nobody waits for ever."""
    from indicators.services.approval import approve_proposals
    from tests.factories import AreaFactory, SeriesFactory

    seen = _pairs(desk.submitted("5"))
    for number in range(8):
        series = SeriesFactory(indicator=desk.series.indicator, area=AreaFactory(code=f"gebied-{number}"))
        desk.ask(series)
        seen += _pairs(desk.submitted("5", place=desk.place(series)))
    told = together(
        lambda: approve_proposals(by=desk.bram, pairs=seen),
        lambda: approve_proposals(by=desk.chris, pairs=seen[::-1]),
    )
    return {"told": told, **_standing(desk)}


def closing(desk: Any) -> Outcome:
    """The round is closed while somebody saves a first value in it."""
    return _closing_while(desk, lambda: desk.save("5")) | _standing(desk)


def closing_with_a_fact(desk: Any) -> Outcome:
    """The round is closed while somebody adds a one-off figure to it."""
    from indicators.models import FactProposal
    from indicators.services.facts import FactContent, save_fact
    from tests.factories import AreaFactory

    theme = desk.series.indicator.theme_id
    content = FactContent(theme, "Motorbendes", "Er zijn {waarde} motorbendes verboden.", "2024", AreaFactory().pk)
    found = _closing_while(
        desk, lambda: save_fact(by=desk.anna, code="", version=0, content=content, round_id=desk.round.pk)
    )
    return found | {"facts": FactProposal.objects.filter(round=desk.round).count()}


def _closing_while(desk: Any, act: Act) -> Outcome:
    """What came of an act in a new round that is closed at the same moment."""
    from indicators.services.rounds import close_round
    from monitor.base.core.roles import Role
    from tests.factories import RoundFactory
    from tests.workers import worker

    steward = worker("els", Role.BEHEERDER)
    desk.round = RoundFactory(state="open")
    desk.ask(desk.series)
    told = together(act, lambda: close_round(by=steward, code=desk.round.code))
    desk.round.refresh_from_db()
    return {"told": told, "state": desk.round.state}


def delivery_and_save(desk: Any) -> Outcome:
    """Somebody confirms what a supplier delivered while somebody else types the same figure."""
    delivery, digest = _delivered(desk)
    told = together(lambda: _confirm(desk.anna, delivery, digest), lambda: desk.save("6", by=desk.chris))
    delivery.refresh_from_db()
    return {"told": told, "state": delivery.state, **_standing(desk)}


def two_confirmations(desk: Any) -> Outcome:
    """Two people confirm the same plan."""
    delivery, digest = _delivered(desk)
    told = together(*(lambda by=by: _confirm(by, delivery, digest) for by in (desk.anna, desk.chris)))  # type: ignore[misc]
    delivery.refresh_from_db()
    return {"told": told, "state": delivery.state, **_standing(desk)}


def two_uploads(desk: Any) -> Outcome:
    """Two people offer the same file."""
    from indicators.models import Delivery
    from indicators.services.deliveries import read_delivery_file, receive_delivery

    first, _ = _delivered(desk)
    content = read_delivery_file(first)
    Delivery.objects.filter(pk=first.pk).update(state="terzijde", set_aside_reason="Nog eens.")
    told = together(
        *(
            lambda by=by: receive_delivery(  # type: ignore[misc]
                by=by, round_code=desk.round.code, file_name="uitvraag.xlsx", content=content
            )
            for by in (desk.anna, desk.chris)
        )
    )
    waiting = Delivery.objects.filter(sha256=first.sha256, state="gelezen").count()
    return {"told": told, "waiting": waiting, **_standing(desk)}


def _delivered(desk: Any) -> tuple[Any, str]:
    """A sheet in which a supplier answers the figure of the desk, and the digest of its plan."""
    from uuid import uuid4

    from indicators.importing.delivery import make_plan
    from indicators.models import Supplier
    from monitor.base.models import User
    from tests.indicators.deliveries.rows import delivery_row, request_row

    supplier, _ = Supplier.objects.get_or_create(code="politie", defaults={"name": "Politie"})
    author = User.objects.get(pk=desk.anna.user_id)
    figure = (desk.series.key, desk.period.code)
    request = request_row(desk.round, supplier, [figure], author, key=uuid4())
    delivery = delivery_row(request, {figure: {"waarde": 5, "status": "definitief"}}, author)
    return delivery, make_plan(delivery).digest


def _confirm(by: Any, delivery: Any, digest: str) -> None:
    from indicators.importing.delivery import confirm_delivery

    confirm_delivery(by=by, delivery=delivery, digest=digest)


def _second_checker() -> Any:
    from monitor.base.core.roles import Role
    from tests.workers import worker

    return worker("dirk", Role.CONTROLEUR)


def _pairs(proposal: Any) -> list[tuple[int, int]]:
    return [(proposal.pk, proposal.version)]


if __name__ == "__main__":
    main()
