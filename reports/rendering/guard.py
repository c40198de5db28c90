"""Rendering never looks anything up: a query during rendering is a defect and stops it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connections

_closed: ContextVar[bool] = ContextVar("queries_closed", default=False)


class QueriedWhileRendering(RuntimeError):
    """Something asked the database while a document was being made."""


def _refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _closed.get():
        raise QueriedWhileRendering(f"Rendering asked the database: {sql[:200]}")
    return execute(sql, params, many, context)


@contextmanager
def no_queries() -> Iterator[None]:
    """Within this block every query of this thread raises :class:`QueriedWhileRendering`."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_refuse))
        stack.callback(_closed.reset, _closed.set(True))
        yield


@contextmanager
def telling() -> Iterator[None]:
    """Opens the block again for the caller's own code: telling progress may write to the database."""
    token = _closed.set(False)
    try:
        yield
    finally:
        _closed.reset(token)
