"""Run in a process of its own: orders a refit, or the margins of a rekenvariant, as the pages do."""

import sys

import django

ROWS = 60


def _order() -> tuple[int, int]:
    """A small country in which one cluster hangs on one feature; gives the numbers of the refit and of its job."""
    import numpy as np
    from django.db import transaction

    from allocation.core.refit import FitData
    from allocation.models import Feature
    from allocation.services.refits import NewRefit, order_refit
    from indicators.core.access import Worker
    from monitor.base import tasks
    from monitor.base.core.roles import Role
    from monitor.base.models import User

    for code in ("inwoners", "bedrijven"):
        Feature.objects.get_or_create(
            code=code, defaults={"name": code, "in_words": code, "unit": "aantal", "merging": "optellen"}
        )
    chance = np.random.default_rng(1)
    per = chance.lognormal(-3, 0.6, (ROWS, 1))
    data = FitData(
        codes=tuple(f"GM{row:04}" for row in range(ROWS)),
        inhabitants=np.full(ROWS, 1000.0),
        clusters=("proef",),
        workloads=1000 * (0.01 + 0.2 * per + 0.0005 * chance.standard_normal((ROWS, 1))),
        features=("bedrijven",),
        categories=("",),
        values=1000 * per,
    )
    user = User.objects.create(username="rekenaar")
    by = Worker(user.pk, "rekenaar", frozenset({Role.REKENAAR}))
    units = {code: ("Noord", "Zuid")[row % 2] for row, code in enumerate(data.codes)}
    with transaction.atomic():
        order, job = order_refit(by=by, new=NewRefit("Proef", data, [], units))
        tasks.nudge(job)
    return order.pk, job.pk


def refit() -> int:
    return _order()[1]


def margins(draws: str) -> int:
    """Fits at once, makes a rekenvariant, and orders its margins; gives the number of that job."""
    from decimal import Decimal

    from django.db import transaction

    from allocation.models import RefitOrder
    from allocation.services.refits import make_refit
    from allocation.services.variants import order_intervals, save_variant
    from indicators.core.access import Worker
    from monitor.base import tasks
    from monitor.base.core.roles import Role

    number, _ = _order()
    order = RefitOrder.objects.get(pk=number)
    make_refit(order=order)
    by = Worker(order.made_by_id, "rekenaar", frozenset({Role.REKENAAR}))
    save_variant(by=by, refit_id=number, name="Variant", shares={"proef": Decimal(1)})
    with transaction.atomic():
        job = order_intervals(by=by, version="variant", draws=int(draws))
        tasks.nudge(job)
    return job.pk


VERBS = {verb.__name__: verb for verb in (refit, margins)}


if __name__ == "__main__":
    django.setup()
    print(VERBS[sys.argv[1]](*sys.argv[2:]))
