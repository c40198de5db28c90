"""Reading a kept run of the allocation model for its annex."""

from decimal import Decimal

from allocation.core.answers import answers
from allocation.queries.pages import facts_of
from allocation.queries.runs import find_run
from reports.core.composing.allocation import AllocationData


def load_allocation(pk: int) -> AllocationData:
    """A run with everything that the annex says of it; keys with invented values are left out.

    Raises :class:`NotThere` when there is no such run.
    """
    run = find_run(pk)
    facts = facts_of(run, real_keys_only=True)
    return AllocationData(
        run=run.pk,
        model=run.model.name,
        standing=run.model.get_standing_display(),
        model_source=f"{run.model.source}, {run.model.place}" if run.model.place else run.model.source,
        feature_set=run.feature_set.name,
        year=run.feature_set.year,
        source=run.feature_set.source,
        fte=run.fte,
        raw_total=Decimal(run.result["raw_total"]),
        reference_fte=Decimal(run.result["reference_fte"]),
        comparison=facts.comparison,
        explanations=facts.explanations,
        names={code: facts.names[code] for code in facts.outcome.model.weights},
        answers=answers(facts),
        fictitious=tuple(
            facts.infos[code].name if code in facts.infos else code for code in run.fictitious_inputs.splitlines()
        ),
        missing=tuple(facts.infos[code].name for code in run.result["missing_features"]),
        digest=run.result_digest,
        software=run.software,
        scenario=run.scenario.name if run.scenario else "",
    )
