"""The outcome of a run as a file: XLSX, CSV or JSON, marked for what it rests on in its name and on every sheet."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from allocation.core.results import to_json
from allocation.core.sheets import comparison_rows, municipality_rows
from allocation.models import AllocationRun
from allocation.queries.runs import comparison_of, find_run, mark_of, outcome_of
from allocation.views.acts import found, worker_for
from monitor.base.core.dates import AMSTERDAM, format_date
from monitor.base.tabular.writing import Sheet, SheetColumn, Value, write_csv, write_xlsx

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def run_xlsx(request: HttpRequest, run_id: int) -> HttpResponse:
    worker_for(request)
    run = found(lambda: find_run(run_id))
    sheets = [_distribution(run), _municipalities(run), _account(run)]
    return _attachment(write_xlsx(sheets, title=_name(run)), XLSX_TYPE, f"{_name(run)}.xlsx")


@login_required
@require_safe
def run_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    worker_for(request)
    run = found(lambda: find_run(run_id))
    return _attachment(write_csv(_distribution(run)), "text/csv; charset=utf-8", f"{_name(run)}.csv")


@login_required
@require_safe
def run_json(request: HttpRequest, run_id: int) -> HttpResponse:
    """The outcome as it was kept, decimals as text, with the checksums of all it was made of."""
    worker_for(request)
    run = found(lambda: find_run(run_id))
    content = {
        "run": run.pk,
        "mark": mark_of(run),
        **run.result,
        "model_digest": run.model_digest,
        "data_digest": run.data_digest,
        "result_digest": run.result_digest,
        "software": run.software,
    }
    return _attachment(f"{to_json(content)}\n".encode(), "application/json", f"{_name(run)}.json")


def _name(run: AllocationRun) -> str:
    marks = [word.lower() for word in mark_of(run).split(" · ") if word]
    return "-".join(["sterkteverdeling", str(run.pk), *(word.upper() for word in marks)])


def _titled(run: AllocationRun, title: str) -> str:
    """The name of a sheet, with its mark: a sheet that is copied out of its file still says what it is."""
    mark = mark_of(run).split(" · ")[0]
    return f"{mark} {title}" if mark else title


def _distribution(run: AllocationRun) -> Sheet:
    heads, rows = comparison_rows(comparison_of(run))
    mark = mark_of(run)
    columns = [SheetColumn(heads[0]), *(SheetColumn(head, is_number=True) for head in heads[1:])]
    cells: list[tuple[Value, ...]] = [tuple(row) for row in rows]
    if mark:  # in every line, so that it goes along when lines are copied
        columns.append(SheetColumn("Let op"))
        cells = [(*row, mark) for row in cells]
    return Sheet(_titled(run, "Verdeling"), tuple(columns), tuple(cells))


def _municipalities(run: AllocationRun) -> Sheet:
    _, outcome = outcome_of(run)
    heads, rows = municipality_rows(outcome.municipalities)
    columns = tuple(SheetColumn(head, is_number=index == 3) for index, head in enumerate(heads))
    return Sheet(_titled(run, "Gemeenten"), columns, tuple(rows))


def _account(run: AllocationRun) -> Sheet:
    """Where the outcome came from, so that it can be made again."""
    made = f"{format_date(run.made_at.astimezone(AMSTERDAM).date())} door {run.made_by or 'het systeem'}"
    rows: list[tuple[Value, ...]] = [
        ("Berekening", str(run.pk)),
        ("Gemaakt", made),
        ("Model", f"{run.model.name} ({run.model.get_standing_display()})"),
        ("Kenmerken", f"{run.feature_set.name}, {run.feature_set.year}"),
        ("Te verdelen fte", run.fte),
        ("Ongeschaalde uitkomst", f"{run.result['raw_total']} op {run.result['reference_fte']} fte"),
        ("Let op", mark_of(run)),
        ("Fictieve invoer", ", ".join(run.fictitious_inputs.splitlines())),
        ("Ontbrekende kenmerken", ", ".join(run.result["missing_features"])),
        ("Controlegetal model", run.model_digest),
        ("Controlegetal gegevens", run.data_digest),
        ("Controlegetal uitkomst", run.result_digest),
        ("Software", run.software),
    ]
    return Sheet(_titled(run, "Verantwoording"), (SheetColumn("Wat"), SheetColumn("Waarde")), tuple(rows))


def _attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
