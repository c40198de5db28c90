#!/bin/sh
# Runs the project's own Python, from the project's folder, whatever folder or path it is called from.
set -eu
cd "$(dirname "$0")/.."
if [ ! -x .venv/bin/python ]; then
    echo "De omgeving is er nog niet. Voer eerst uit: make start" >&2
    exit 2
fi
exec .venv/bin/python "$@"
