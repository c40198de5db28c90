#!/bin/bash
# Style, types, borders between the parts, migrations, readiness for production, the API; one failure fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=0
try() {
    local name="$*"
    [ ${#name} -le 70 ] || name="…${name: -70}" # the end says which check it is
    echo "== $name"
    "$@" || { echo "== MISLUKT: $name" >&2; failed=1; }
}
try ruff check .
try ruff format --check .
try mypy .
try lint-imports
try python manage.py makemigrations --check --dry-run
# As in production: a key, a database server, HTTPS.
try env -u MONITOR_DEMO -u MONITOR_HTTPS -u DEBUG SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    DATABASE_URL=postgres://monitor@database/monitor REDIS_URL=redis://redis:6379/0 \
    python manage.py check --deploy --fail-level WARNING
try scripts/lint_api.sh
exit "$failed"
