"""How long the page of the audit trail takes with a million records. Prints; asserts only that it works."""

import time

import pytest
from django.db import connection
from django.test import Client

from monitor.base.core.roles import Role
from tests.workers import person

RECORDS = 1_000_000

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

SERIES = {
    "postgresql": "SELECT generate_series(1, %s) AS n",
    "sqlite": "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < %s) SELECT n FROM t",
}
MOMENT = {
    "postgresql": "timestamptz '2024-01-01' + n * interval '1 minute'",
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%f', '2024-01-01', '+' || n || ' minutes')",
}
INSERT = """
INSERT INTO base_auditrecord (number, moment, actor_name, act, subject, outcome, counts, rows_digest, detail,
    previous_digest, digest)
SELECT n, {moment}, 'persoon-' || (n %% 40), 'handeling ' || (n %% 30), 'ronde ' || n,
    CASE WHEN n %% 50 = 0 THEN 'geweigerd' ELSE 'gedaan' END, '{{"cijfers": 3}}', {digest}, '{{}}', {digest}, 'd' || n
FROM ({series}) AS rows
"""
ASKED = {
    "de nieuwste": "",
    "een oudere bladzijde": "?voor=500000",
    "een handeling": "?handeling=handeling 7",
    "een persoon, geweigerd": "?wie=persoon-10&uitkomst=geweigerd",
    "een maand": "?van=2025-01-01&tot=2025-01-31",
    "een woord dat er vaak in staat": "?q=ronde",
    "een woord dat er niet in staat": "?q=eenhoorn",
}


def test_the_trail_with_a_million_records(capsys):
    with connection.cursor() as cursor:
        digest = "'" + "a" * 64 + "'"
        sql = INSERT.format(moment=MOMENT[connection.vendor], series=SERIES[connection.vendor], digest=digest)
        cursor.execute(sql, [RECORDS])
        cursor.execute("INSERT INTO base_audithead (id, number, digest) VALUES (1, %s, %s)", [RECORDS, "a" * 64])
        cursor.execute("ANALYZE base_auditrecord")
    client = Client()
    client.force_login(person("beheerder", Role.BEHEERDER))
    client.get("/logboek/")
    lines = []
    for name, query in ASKED.items():
        begun = time.perf_counter()
        assert client.get(f"/logboek/{query}").status_code == 200
        lines.append(f"{name}: {(time.perf_counter() - begun) * 1000:.0f} ms")
    with capsys.disabled():
        print(f"\nlogboek met {RECORDS:,} regels op {connection.vendor}: " + "; ".join(lines))
