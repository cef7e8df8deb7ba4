"""A GitHub of our own, and a plan by the real Terraform."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tools.terraform import run

# A resource of each fate, a secret that Terraform knows of, one that it does not, and a text that closes a block.
_BEFORE = """
resource "terraform_data" "goes" {}
resource "terraform_data" "changed" { input = "before" }
resource "terraform_data" "replaced" { triggers_replace = 1 }
resource "terraform_data" "stays" {}
"""
_AFTER = """
variable "password" {
  default   = "hunter2-hunter2"
  sensitive = true
}
resource "terraform_data" "changed" { input = "AKIAABCDEFGHIJKLMNOP" }
resource "terraform_data" "replaced" { triggers_replace = 2 }
resource "terraform_data" "stays" {}
resource "terraform_data" "added" { input = { password = var.password, text = "~~~~~~~ ``` <b>" } }
output "address" { value = "new" }
"""


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kept plan, in a directory that is initialised."""
    folder = tmp_path_factory.mktemp("planned")
    (folder / "main.tf").write_text(_BEFORE)
    run(["init"], folder)
    run(["apply", "-auto-approve"], folder)
    (folder / "main.tf").write_text(_AFTER)
    run(["plan", "-out=kept.tfplan"], folder)
    return folder


@pytest.fixture(scope="session")
def shown(planned: Path) -> tuple[str, str]:
    """The plan as JSON and as text."""
    return run(["show", "-json", "kept.tfplan"], planned), run(["show", "-no-color", "kept.tfplan"], planned)


class Hub(ThreadingHTTPServer):
    """Keeps comments and issues as GitHub would, and remembers what changed them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.items: dict[str, list[dict[str, Any]]] = {"issues": [], "issues/7/comments": []}
        self.changes: list[str] = []
        self.refuse = 0

    @property
    def variables(self) -> dict[str, str]:
        api = f"http://127.0.0.1:{self.server_port}"
        return {"GITHUB_API_URL": api, "GITHUB_REPOSITORY": "o/r", "GITHUB_TOKEN": "token"}

    def add(self, path: str, body: str | None, kind: str = "Bot", **more: Any) -> dict[str, Any]:
        number = sum(map(len, self.items.values())) + 1
        item = {"id": number, "number": number, "body": body, "state": "open", "user": {"type": kind}, **more}
        self.items[path].append(item)
        return item

    def find(self, number: int) -> dict[str, Any]:
        return next(item for items in self.items.values() for item in items if item["number"] == number)


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
        found = self.server.items[parts.path.removeprefix("/repos/o/r/")]
        if "state" in asked:
            found = [item for item in found if item["state"] == asked["state"]]
        size = int(asked["per_page"])
        start = (int(asked["page"]) - 1) * size
        self._answer(found[start : start + size])

    def do_POST(self) -> None:
        path = self.path.removeprefix("/repos/o/r/")
        self._answer(self.server.add(path, **self._change()))

    def do_PATCH(self) -> None:
        item = self.server.find(int(self.path.rsplit("/", 1)[1]))
        item.update(self._change())
        self._answer(item)

    def _change(self) -> dict[str, Any]:
        assert self.headers["Authorization"] == "Bearer token"
        self.server.changes.append(f"{self.command} {self.path.removeprefix('/repos/o/r/')}")
        content: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return content

    def _answer(self, content: Any) -> None:
        self.send_response(self.server.refuse or 200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hub() -> Iterator[Hub]:
    with Hub() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
