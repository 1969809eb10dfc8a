"""Counting what is sent to the database."""

from collections.abc import Callable
from typing import Any


class StatementCounter:
    """Wraps every execution; a run of one statement over many rows counts once."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        self.count += 1
        return execute(sql, params, many, context)
