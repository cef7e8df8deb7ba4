"""Builds, unpacks and runs packages, and writes small source trees to build from."""

import os
import random
import subprocess
import sys
import zipfile
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import botocore.loaders
import botocore.session

from tools.package import build, imports


def build_into(target: str, out: Path, src: Path = imports.SRC) -> Path:
    build(target, out=out, src=src)
    return out


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archived:
        return {name: archived.read(name) for name in archived.namelist()}


class Endpoint(ThreadingHTTPServer):
    """Answers every call with an empty object and remembers what was called."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.targets: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Answer(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.targets.append(self.headers["X-Amz-Target"])
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def run_unpacked(path: Path, folder: Path, script: str, **environment: str) -> str:
    """Run a script that sees the unpacked zip and the standard library, nothing else."""
    with zipfile.ZipFile(path) as archived:
        archived.extractall(folder)
    credentials = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "testing")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "-c", f"import sys\nsys.path.insert(0, {str(folder)!r})\n{script}"],
        env={"AWS_DEFAULT_REGION": "eu-central-1", "HOME": str(folder), **credentials, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def client_of(data: Path, service: str, region: str) -> Any:
    return _session(data).create_client(service, region_name=region)


@cache
def _session(data: Path) -> botocore.session.Session:
    """One for all regions: it reads the data once."""
    session = botocore.session.Session()
    loader = botocore.loaders.Loader(extra_search_paths=[str(data)], include_default_search_paths=False)
    session.register_component("data_loader", loader)
    return session


def copy_sources(to: Path, seed: int, mode: int) -> Path:
    files = [file for file in imports.SRC.rglob("*.py") if "__pycache__" not in file.parts]
    shuffled = random.Random(seed)
    shuffled.shuffle(files)
    for file in files:
        copy = to / file.relative_to(imports.SRC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
        copy.chmod(mode)
        os.utime(copy, (shuffled.randrange(10**9), shuffled.randrange(10**9)))
    return to


def write_sources(folder: Path, body: str, more: dict[str, str] | None = None) -> Path:
    src = folder / "src"
    files = {"adapters/clients.py": "def make(service): ...", "handlers/demo/run.py": body, **(more or {})}
    for name, content in files.items():
        for package in (src / name).relative_to(src).parents[:-1]:
            (src / package).mkdir(parents=True, exist_ok=True)
            (src / package / "__init__.py").touch()
        (src / name).write_text(content)
    return src


def third_party(src: Path) -> set[str]:
    return {imported.name.split(".")[0] for imported in imports.reach("demo", src).third_party}


def models(files: dict[str, bytes]) -> set[str]:
    parts = [name.split("/") for name in files if name.startswith("botocore/data/")]
    return {part[2] for part in parts if len(part) > 3}


def install(folder: Path, name: str, file: str, requires: list[str]) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    lines = ["Metadata-Version: 2.1", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {text}" for text in requires)]
    (info / "METADATA").write_text("\n".join(lines) + "\n")
    (info / "RECORD").write_text(f"{file},,\n")
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).touch()
