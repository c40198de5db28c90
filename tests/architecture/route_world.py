"""A small world in which every route has something to show: one round, a few figures, a job, a report, people."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from indicators.importing.delivery import make_plan
from indicators.models import FactProposal, Proposal, Round, RoundItem, Series, Supplier, ThemeAccess
from monitor.base.core.roles import Role
from monitor.base.models import Job, RoleAssignment, User
from reports.core.formats import Format
from reports.models import ReportDocument, ReportRun
from tests.architecture.allocation_world import build_allocation
from tests.base.tabular.hostile import workbook
from tests.factories import (
    IndicatorFactory,
    ObservationFactory,
    PeriodFactory,
    PublicationFactory,
    RoundFactory,
    SeriesFactory,
    SourceFactory,
    ThemeFactory,
)
from tests.indicators.deliveries.rows import delivery_row, request_row
from tests.indicators.sheets.rows import correction_row, own_sheet_row, profile_row

PASSWORD = "niet-te-raden-12"
FORGED = 999_999
# What a request may always touch without having changed anything that anybody cares for.
BOOKKEEPING = {"auditrecord", "audithead", "session", "contenttype", "permission"}


@dataclass
class World:
    """``names`` fill the addresses and the forms of the rules: ``/rondes/{round}/``, ``{submitted}:{version}``."""

    names: dict[str, Any] = field(default_factory=dict)
    people: dict[Role, User] = field(default_factory=dict)
    theme: Any = None
    other_theme: Any = None

    def fill(self, text: Any) -> Any:
        """A text, or the texts of a form, with the names of this world in place."""
        if isinstance(text, dict):
            return {self.fill(name): self.fill(value) for name, value in text.items()}
        if isinstance(text, list):
            return [self.fill(one) for one in text]
        return text.format(**self.names) if isinstance(text, str) else text

    def client(self, who: Role | User | None) -> Client:
        """A browser of somebody; None: somebody without an account."""
        client = Client()
        user = self.people[who] if isinstance(who, Role) else who
        if user is not None and not isinstance(user, AnonymousUser):
            client.force_login(user)
        return client

    def somebody_of_another_theme(self, role: Role) -> User:
        """Somebody with the role who may work on another theme only."""
        user = account("elders", role)
        ThemeAccess.objects.create(user=user, theme=self.other_theme)
        return user

    def close_round(self) -> None:
        Round.objects.filter(pk=self.names["round_id"]).update(state="gesloten")

    def change_everything_in_between(self) -> None:
        """A colleague saves every value under way once more."""
        for proposal in [*Proposal.objects.all(), *FactProposal.objects.all()]:
            proposal.version += 1
            proposal.save()

    def make_author(self, user: User) -> None:
        """All values under way were entered by this person."""
        for model in (Proposal, FactProposal):
            model.objects.update(entered_by=user, changed_by=user)

    def forge(self) -> None:
        """Every number that an address or form names is one that does not exist."""
        for name in [name for name, value in self.names.items() if isinstance(value, int) and name != "version"]:
            self.names[name] = FORGED


def account(name: str, *roles: Role) -> User:
    user = User.objects.create_user(name, password=PASSWORD)
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in roles)
    return user


def build(folder: Path) -> World:
    """The world; the demonstration's administrator is staff, as in the product."""
    people = {role: account(role.value, role) for role in Role}
    User.objects.filter(pk=people[Role.BEHEERDER].pk).update(is_staff=True, is_superuser=True)
    people[Role.BEHEERDER].refresh_from_db()
    theme, other = ThemeFactory(code="thema"), ThemeFactory(code="ander-thema")
    indicator = IndicatorFactory(code="zaken", theme=theme, source=SourceFactory())
    round_ = RoundFactory(
        code="2026-2", name="proefronde", state="open", cut_off="2026-11-02", reference_date="2026-12-15"
    )
    series = SeriesFactory(indicator=indicator)
    supplier = Supplier.objects.create(code="politie", name="Politie")
    ObservationFactory(series=series, period=PeriodFactory(code="2024"))
    author = account("auteur", Role.INVOERDER)
    world = World(people=people, theme=theme, other_theme=other)
    items = {
        code: RoundItem.objects.create(round=round_, series=series, period=PeriodFactory(code=code))
        for code in ("2021", "2022", "2023")
    }
    under_way = {"round": round_, "series": series, "value": 110, "entered_by": author, "changed_by": author}
    draft = Proposal.objects.create(period=items["2022"].period, **under_way)
    submitted = Proposal.objects.create(
        period=items["2023"].period, state="ter-controle", submitted_at=timezone.now(), **under_way
    )
    facts = {
        name: FactProposal.objects.create(
            code=name, name=name, sentence="Er zijn {waarde}.", kind="meting", value=10, theme=theme,
            period=PeriodFactory(code="2024"), area=series.area, entered_by=author, changed_by=author, **state,
        )
        for name, state in (
            ("feit-concept", {}),
            ("feit-ingediend", {"state": "ter-controle", "submitted_at": timezone.now()}),
        )
    }  # fmt: skip
    publication = PublicationFactory()
    job = Job.objects.create(kind="proef", label="Proef", requested_by=people[Role.REDACTEUR], state="wacht")
    world.names = {
        "round": round_.code, "round_id": round_.pk, "theme": theme.code, "indicator": indicator.code,
        "series": series.key, "series_id": series.pk, "supplier": supplier.code,
        "theme_id": theme.pk, "person": author.pk, "area": series.area.pk, "publication": publication.pk,
        "draft_fact": facts["feit-concept"].code, "submitted_fact": facts["feit-ingediend"].code,
        "item": items["2021"].pk,
        "draft_item": items["2022"].pk, "period": items["2021"].period_id, "draft_period": items["2022"].period_id,
        "submitted_item": items["2023"].pk, "draft": draft.pk, "submitted": submitted.pk, "version": 1,
        "job": job.pk, "document": _document(folder, round_).pk, "template": "kerncijfers-politie",
        **build_allocation(),
    }  # fmt: skip
    RoundItem.objects.filter(pk=items["2021"].pk).update(supplier=supplier)
    request = request_row(round_, supplier, [(series.key, "2021"), (series.key, "2022")], author)
    answers = {(series.key, "2021"): {"waarde": 105}, (series.key, "2022"): {"waarde": 115}}
    delivery = delivery_row(request, answers, author)
    world.names |= {"request": request.pk, "delivery": delivery.pk, "digest": make_plan(delivery).digest}
    _own_sheets(world, round_, supplier, series, author)
    return world


def _own_sheets(world: World, round_: Round, supplier: Supplier, series: Series, author: User) -> None:
    """A sheet of the supplier's own, a profile that fits it, and a known error."""
    content = workbook([["", 2021, 2022], ["Zaken", 105, 115]])
    world.names |= {
        "own_delivery": own_sheet_row(round_, supplier, content, author).pk,
        "profile": profile_row(supplier, {"Zaken": series.key}, author).pk,
        "correction": correction_row(supplier, series, "2021", author).code,
    }


def _document(folder: Path, round_: Round) -> ReportDocument:
    run = ReportRun.objects.create(
        template="kerncijfers-politie", title="Kerncijfers", round=round_, known_as_of="nu", fingerprint="f" * 64,
        data_digest="d" * 64, figure_count=0, is_public=True,
    )  # fmt: skip
    (folder / "blad.html").write_text("<!doctype html><html lang=nl><title>Blad</title><p>Blad.</p>")
    return ReportDocument.objects.create(run=run, format=Format.HTML.value, path="blad.html", size=9, sha256="a" * 64)


def everything() -> dict[str, list[Any]]:
    """All rows of all tables but the bookkeeping, to see that nothing changed."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if model._meta.model_name not in BOOKKEEPING
    }
