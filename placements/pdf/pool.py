"""The processes that print, seen from the web server: started when first needed, kept warm, timed, replaced.

A worker is a child process that speaks over one socket pair and ends when the other side closes it, also when
this process is killed. It gets its own small environment: no secret, no database address.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock, Thread
from typing import Any, TypeVar

from placements.i18n import _
from placements.pdf.errors import NoneFree, RenderError

SIZE = 2
SECONDS = 60.0
PARTING = 5.0
"""A worker that was told to go may take so long, on a machine that is busy."""
RENDERS_BEFORE_RETIRING = 1000
RENDERS_OF_NOTICE = 25
"""So long before a worker retires, another is made ready."""
WARM = b'{"warm": true}'

Item = TypeVar("Item")
Answer = TypeVar("Answer")

_FOLDER = Path(__file__).parent
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "SYSTEMROOT")


class Worker:
    def __init__(self) -> None:
        self._connection, theirs = Pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "placements.pdf.worker", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment(),
        )
        theirs.close()
        self._served = 0

    @property
    def usable(self) -> bool:
        return self._process.poll() is None and self._served < RENDERS_BEFORE_RETIRING

    @property
    def retires_soon(self) -> bool:
        return self._served >= RENDERS_BEFORE_RETIRING - RENDERS_OF_NOTICE

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """The answer's header and bytes; OSError or EOFError: the worker died; TimeoutError: it is late."""
        self._served += 1
        self._connection.send_bytes(request)
        if not self._connection.poll(seconds):
            raise TimeoutError
        header = json.loads(self._connection.recv_bytes())
        if header.get("error") == "broken":
            self._served = RENDERS_BEFORE_RETIRING
        return header, self._connection.recv_bytes()

    def end(self, seconds: float = PARTING) -> None:
        self._connection.close()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """In a forked child the process belongs to the parent: let go of it without ending it."""
        self._connection.close()
        self._process.returncode = 0


class Pool:
    """Places for workers, the last used on top, so that a second one starts only while the first is busy."""

    def __init__(self, size: int = SIZE) -> None:
        self._places: LifoQueue[Worker | None] = LifoQueue()
        self.workers: set[Worker] = set()
        self._ready_next: LifoQueue[Worker] = LifoQueue()
        self._making_ready = Lock()
        for _place in range(size):
            self._places.put(None)

    def ask(self, request: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        try:
            worker = self._places.get(timeout=seconds)
        except Empty:
            raise NoneFree(_("Der trykkes mange dokumenter lige nu. Prøv igen om lidt.")) from None
        try:
            worker = self._ready(worker, seconds)
            answer = worker.ask(request, seconds)
        except BaseException as error:
            self._end(worker, 0)
            worker = None
            raise _explained(error) from error
        finally:
            self._places.put(worker)
        if worker.retires_soon and self._ready_next.empty():
            _in_background(self.make_ready)
        return answer

    def _ready(self, worker: Worker | None, seconds: float) -> Worker:
        """One that is being made ready is waited for, though not for ever."""
        if worker is not None and worker.usable:
            return worker
        if worker is not None:
            self.workers.discard(worker)
            _in_background(partial(worker.end, SECONDS))  # nobody waits for it
        if self._making_ready.acquire(timeout=seconds):
            try:
                while not (ready := self._ready_next.get_nowait()).usable:
                    self.workers.discard(ready)
            except Empty:
                pass
            else:
                return ready
            finally:
                self._making_ready.release()
        return self._started()

    def make_ready(self) -> None:
        """A worker for whoever needs one next, warm already."""
        with self._making_ready:
            if self._ready_next.empty():
                fresh = self._started()
                with suppress(OSError, EOFError, TimeoutError):
                    fresh.ask(WARM, SECONDS)
                self._ready_next.put(fresh)

    def _started(self) -> Worker:
        fresh = Worker()
        self.workers.add(fresh)
        return fresh

    def _end(self, worker: Worker | None, seconds: float = PARTING) -> None:
        if worker is not None:
            worker.end(seconds)
            self.workers.discard(worker)


def _in_background(work: Callable[[], object]) -> None:
    Thread(target=work, name="printing", daemon=True).start()


def _explained(error: BaseException) -> BaseException:
    if isinstance(error, TimeoutError):
        return RenderError(_("Det tog for lang tid at trykke dokumentet. Prøv igen om lidt."), "late")
    if isinstance(error, (OSError, EOFError)):
        return RenderError(
            _("Dokumentet kunne ikke trykkes. Prøv igen om lidt."), f"the worker died: {error!r}"
        )
    return error


def environment() -> dict[str, str]:
    """Of a process that makes documents."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {
        "PYTHONPATH": str(_FOLDER.parent.parent),
        "PYTHONUTF8": "1",
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(_FOLDER / "_shared" / "fonts.conf"),
    }


_pool = Pool()


def ask(request: bytes, *, seconds: float | None = None) -> tuple[dict[str, Any], bytes]:
    return _pool.ask(request, SECONDS if seconds is None else seconds)


def side_by_side(work: Callable[[Item], Answer], items: Iterable[Item]) -> Iterator[Answer]:
    """What `work` answers for each, in order: as many at once as there are workers, and few lie waiting."""
    waiting: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(SIZE, thread_name_prefix="printing") as threads:
        try:
            for item in items:
                waiting.append(threads.submit(copy_context().run, work, item))
                if len(waiting) > 2 * SIZE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def warm() -> None:
    """For a server that starts: the first document finds a worker that has its faces and styles."""
    _in_background(_pool.make_ready)


def close() -> None:
    """End the workers; the next `ask` starts new ones."""
    for worker in list(_replaced().workers):
        worker.end()


def _replaced() -> Pool:
    global _pool
    old, _pool = _pool, Pool()
    return old


def _forget_in_child() -> None:
    for worker in _replaced().workers:
        worker.forget()


atexit.register(close)
os.register_at_fork(after_in_child=_forget_in_child)
