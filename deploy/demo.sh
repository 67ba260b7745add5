#!/usr/bin/env bash
# Serves the demo: an empty database is filled, and one sign-in link for each role is printed.
# The demo stands on a day in the middle of its practicum; PLACEMENTS_TODAY= (empty) uses the clock.
set -euo pipefail
cd "$(dirname "$0")/.."
export HOST="${HOST:-127.0.0.1}" PORT="${PORT:-5000}" PLACEMENTS_TODAY="${PLACEMENTS_TODAY-2025-02-03}"

if ! .venv/bin/python - "$HOST" "$PORT" <<'PYTHON'; then
import os, socket, sys
try:
    socket.create_server((sys.argv[1], int(sys.argv[2]))).close()
except OSError as error:
    sys.exit(f"Cannot listen on {sys.argv[1]}:{sys.argv[2]} ({os.strerror(error.errno or 0)}). Choose another port: PORT=5001 make run")
PYTHON
  exit 1
fi

.venv/bin/flask --app wsgi run-demo
echo "Serving on http://$HOST:$PORT  (stop with Ctrl+C)"
.venv/bin/flask --app wsgi jobs work --attached &
exec .venv/bin/gunicorn --config deploy/gunicorn.conf.py wsgi:app
