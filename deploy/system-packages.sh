#!/usr/bin/env bash
# Installs what neither pip nor npm can bring: `deploy/system-packages.sh run` for the server and its documents,
# `… test` for the test suite too, `… bench` to measure. Says in one line what is missing where it may not install.
set -euo pipefail
export PATH="$PATH:/usr/sbin:/sbin"
missing=()

have() { command -v "$1" >/dev/null; }

need() { # need PACKAGE CHECK...
  local package=$1
  shift
  "$@" || missing+=("$package")
}

library() { # true where the loader knows the library, or where there is no loader to ask
  ! have ldconfig || ldconfig -p | grep -q "$1"
}

python_with_venv() { "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; }
python_new_enough() { "${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
headless_shell() { have chromium-headless-shell || { ! have apt-get && browser; }; }
browser() { have chromium || have chromium-browser || have google-chrome; }
postgresql_server() { have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

need python3-venv python_with_venv
need libpango-1.0-0 library libpango-1.0.so.0
need libpangoft2-1.0-0 library libpangoft2-1.0.so.0
need libharfbuzz-subset0 library libharfbuzz-subset.so.0
if [ "${1:-run}" = test ]; then
  need chromium-headless-shell headless_shell
  need postgresql postgresql_server
  need default-jre-headless have java
  need poppler-utils have pdftoppm
  need softhsm2 have softhsm2-util
fi

if [ "${1:-run}" = bench ]; then
  need valgrind have valgrind
  need chromium browser
  need libreoffice-writer have soffice
fi

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! have apt-get; then
    echo "Please install: ${missing[*]} (on Debian: sudo apt-get install ${missing[*]}), then run make again." >&2
    exit 1
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq -o DPkg::Lock::Timeout=300 update
  apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! python_new_enough; then
  echo "Python 3.11 or newer is needed; name one with PYTHON=python3.12 make …" >&2
  exit 1
fi
