"""The server: two processes of a few threads, which is where a page's cost is no longer the server's."""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '5000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4

# Addresses hold sign-in tokens, so there is no access log here; the application logs requests without them.
accesslog = None
errorlog = "-"
loglevel = "warning"

# A heartbeat file on a slow disk can stop a worker that is only waiting.
memory = Path("/dev/shm")  # noqa: S108 (gunicorn makes a private file in it)
worker_tmp_dir = str(memory) if memory.is_dir() else None
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """The first who prints need not wait for a printing process to start."""
    from placements.pdf import pool

    pool.warm()
