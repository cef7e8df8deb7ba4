"""A git repository with two environments, zips, and a Terraform that only notes what it is asked to do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import environment, kept_plan, package, tfvars
from tools.terraform import binary

_VARIABLES = 'environment = "{name}"\naccount_id = "210987654321"\n'
_BACKEND = 'bucket = "quiz-210987654321-state"\nkey = "{name}/quiz.tfstate"\n'


class Checkout:
    """The repository, and what was asked of Terraform."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.tools = folder / "bin"
        self.mistakes: tuple[str, ...] = ()
        self.tools.mkdir()
        self.write(".gitignore", ".local/\nbuild/\n")
        for name in ("development", "production"):
            self.write(f"environments/{name}.tfvars", _VARIABLES.format(name=name))
            self.write(f"environments/{name}.s3.tfbackend", _BACKEND.format(name=name))
        (self.root / ".local").mkdir()
        self.git("init", "--quiet")
        self.commit()

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=self.root, check=True)

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "A change")

    def build(self, *_: object, **__: object) -> None:
        """What tools.package would do."""
        self.write("build/lambda/api.zip", "the code of api")
        self.write("build/lambda/queue.zip", "the code of queue")

    def fail(self, command: str, said: str) -> None:
        (self.tools / f"{command}.txt").write_text(said)

    @property
    def commands(self) -> list[str]:
        """What Terraform was asked to do, by the first word."""
        noted = self.tools / "commands"
        return [line.split()[0] for line in noted.read_text().splitlines()] if noted.exists() else []

    def plan_file(self, name: str) -> Path:
        return self.root / ".local" / f"{name}.tfplan"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Checkout]:
    # Git's hooks set variables that would lead back to the real repository.
    for name in [name for name in os.environ if name.startswith(("AWS_", "GIT_", "TF_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    made = Checkout(tmp_path)
    program = made.tools / "terraform"
    program.write_text(f"#!{sys.executable}\n{(Path(__file__).parent / 'fake_terraform.py').read_text()}")
    program.chmod(0o755)
    monkeypatch.setattr(environment, "ROOT", made.root)
    monkeypatch.setattr(environment, "_ENVIRONMENTS", made.root / "environments")
    monkeypatch.setattr(kept_plan, "ROOT", made.root)
    monkeypatch.setattr(kept_plan, "LOCAL", made.root / ".local")
    monkeypatch.setattr(package, "build", made.build)
    monkeypatch.setattr(tfvars, "read", lambda _: tfvars.Settings({}, made.mistakes))
    monkeypatch.setenv("PATH", os.pathsep.join([str(made.tools), os.environ["PATH"]]))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for file in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(file, str(tmp_path / "absent"))
    binary.terraform.cache_clear()
    yield made
    binary.terraform.cache_clear()
