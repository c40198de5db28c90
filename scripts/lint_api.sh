#!/bin/bash
# Writes the description of the API and holds it against the Dutch API Design Rules; a warning is a failure too.
# ADR_RULESET names the Spectral ruleset of Logius; without one there is nothing to hold it against.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
ruleset=${ADR_RULESET:-../shared/standards/adr-ruleset.yaml}
written=$(mktemp -d)
trap 'rm -rf "$written"' EXIT
python manage.py spectacular --format openapi-json --file "$written/openapi.json" --fail-on-warn --validate
if [ ! -f "$ruleset" ]; then
    echo "De regels voor API's zijn hier niet ($ruleset); die toets is overgeslagen. Wijs ze aan met ADR_RULESET."
    exit 0
fi
npx --no-install spectral lint --ruleset "$ruleset" --fail-severity=warn "$written/openapi.json"
