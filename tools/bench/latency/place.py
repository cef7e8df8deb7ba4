"""Where people call from: the local stack, an instructor, a student, and the tables to clean up in."""

import secrets
import time
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from tools.api_client import ApiClient
from tools.bench.latency.calls import Line
from tools.live.people import sign_in
from tools.stack import outputs

_SECONDS_TO_WAIT = 60


class Place:
    """`run` names everything that is made."""

    def __init__(self) -> None:
        self.known = outputs.read()
        self.run = f"bench-{secrets.token_hex(4)}"
        users = self.known["users"]
        self.teacher = ApiClient(self.known).sign_in(**users["instructor"])
        self.student = sign_in(self.known, **users["student"])

    def line(self) -> Line:
        """A new connection."""
        tokens = {"student": self.student.token, "teacher": self.teacher.token or ""}
        return Line(self.known["http_api_url"], tokens)

    @cached_property
    def database(self) -> Any:
        """The tables' administrator."""
        return outputs.client("dynamodb", self.known)

    def table(self, name: str) -> str:
        """What the stack calls it."""
        table: str = self.known["tables"][name]
        return table

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """A call of the teacher that is not measured."""
        reply = self.teacher.call(method, path, body)
        if reply.status >= 300:
            raise AssertionError(f"{method} {path} answered {reply.status}: {reply.body}")
        return reply.body

    def until(self, look: Callable[[], Any]) -> Any:
        """What is seen, as soon as there is anything."""
        deadline = time.monotonic() + _SECONDS_TO_WAIT
        while not (seen := look()):
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {_SECONDS_TO_WAIT} s in vain")
            time.sleep(0.1)
        return seen

    def sweep(self, table: str, keys: tuple[str, ...], is_ours: Callable[[Any], bool]) -> None:
        """Delete the rows of a table that this run has made."""
        name = self.table(table)
        pages = self.database.get_paginator("scan").paginate(TableName=name)
        rows: Iterable[Any] = [item for page in pages for item in page["Items"] if is_ours(item)]
        for row in rows:
            self.database.delete_item(TableName=name, Key={key: row[key] for key in keys})
