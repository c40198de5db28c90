#!/bin/bash
# Style, types, borders between the parts, migrations; everything is tried, and one failure fails the whole.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
failed=0
try() {
    echo "== $*"
    "$@" || { echo "== MISLUKT: $*" >&2; failed=1; }
}
try ruff check .
try ruff format --check .
try mypy .
try lint-imports
try python manage.py makemigrations --check --dry-run
try scripts/lint_api.sh
exit "$failed"
