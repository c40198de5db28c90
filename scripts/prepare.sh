#!/bin/bash
# Makes this machine ready: system packages, Python environment from the lock file, front-end files.
# Skips what is up to date. With --development also what the tests need.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly UV_VERSION=0.13.9
readonly STAMP=.venv/.monitor-prepared
development=no
[ "${1:-}" = --development ] && development=yes

stop() {
    echo "$*" >&2
    exit 2
}

find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.13 python3.12 python3.11; do
        [ -n "$name" ] || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

has_library() { ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }

has_browser() {
    [ -n "${BROWSER_PATH:-}" ] && return 0
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

has_font() { command -v fc-list >/dev/null && [ -n "$(fc-list 'Noto Sans' family 2>/dev/null)" ]; }

browser_package() { # Ubuntu has it under another name (as a snap)
    if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then echo chromium-browser; else echo chromium; fi
}

missing_packages() {
    has_browser || browser_package
    command -v rsvg-convert >/dev/null || echo librsvg2-bin
    command -v fc-list >/dev/null || echo fontconfig
    has_font || echo fonts-noto-core
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    [ -x .venv/bin/python ] || "$1" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    if command -v node >/dev/null && ! command -v npm >/dev/null; then echo npm; fi
    [ $development = yes ] || return 0
    command -v soffice >/dev/null || echo libreoffice-writer libreoffice-calc
    command -v pdftoppm >/dev/null || echo poppler-utils
}

install_packages() {
    local privilege=()
    if ! command -v apt-get >/dev/null; then
        stop "Deze programma's ontbreken: $*. Installeer ze met het pakketbeheer van uw systeem en begin opnieuw."
    fi
    echo "Deze systeempakketten ontbreken: $*"
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            privilege=(sudo -n)
        else
            stop "Installeer ze met de volgende regel en begin opnieuw:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
        fi
    fi
    echo "Ze worden nu geïnstalleerd."
    "${privilege[@]}" apt-get update -qq </dev/null
    "${privilege[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null ||
        stop "Het installeren is mislukt. Probeer het zelf: apt-get install $*"
}

find_uv() {
    local found
    if found=$(command -v uv) && "$found" sync --help >/dev/null 2>&1; then
        echo "$found"
        return
    fi
    if [ ! -x .tools/bin/uv ]; then
        "$1" -m venv .tools >&2
        .tools/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" >&2
    fi
    echo "$PWD/.tools/bin/uv"
}

wanted_stamp() { sha256sum uv.lock pyproject.toml | sha256sum | cut -c1-16; }

prepare_python() {
    local have wanted uv
    wanted=$(wanted_stamp)
    have=$(cat "$STAMP" 2>/dev/null || true)
    # A development environment has all that running needs, and is left as it is.
    if [ "$have" = "$wanted development" ] || { [ $development = no ] && [ "$have" = "$wanted run" ]; }; then
        return
    fi
    echo "De Python-omgeving wordt gemaakt."
    uv=$(find_uv "$1")
    local options=(sync --frozen --quiet --inexact --python "$1")
    [ $development = yes ] || options+=(--no-dev)
    unset VIRTUAL_ENV
    # The machine's own certificates: behind a ministry's proxy the ones that uv brings along do not suffice.
    UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-1}" UV_PYTHON_PREFERENCE=only-system UV_LINK_MODE="${UV_LINK_MODE:-copy}" \
        "$uv" "${options[@]}" </dev/null ||
        stop "De Python-omgeving is niet gemaakt (zie hierboven). Controleer de verbinding en begin opnieuw."
    if [ $development = yes ]; then echo "$wanted development"; else echo "$wanted run"; fi >"$STAMP"
}

prepare_front_end() {
    local stamp=node_modules/.monitor-prepared wanted
    wanted=$(sha256sum package.json package-lock.json scripts/build_static.mjs | sha256sum | cut -c1-16)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && [ -f monitor/base/static/vendor/manifest.json ]; then
        return
    fi
    command -v node >/dev/null || stop "Node 20 ontbreekt. Installeer Node 20 of nieuwer en begin opnieuw."
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
        stop "Node $(node --version) is te oud: Node 20 of nieuwer is nodig."
    echo "De bestanden voor de schermen worden gemaakt."
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error </dev/null ||
        stop "De bestanden voor de schermen zijn niet opgehaald (zie hierboven). Begin opnieuw."
    node scripts/build_static.mjs
    echo "$wanted" >"$stamp"
}

python=$(find_python) || stop "Python 3.11 of nieuwer ontbreekt. Installeer het en begin opnieuw."
mapfile -t missing < <(missing_packages "$python" | tr ' ' '\n')
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
prepare_python "$python"
prepare_front_end
