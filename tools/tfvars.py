"""What an environment's tfvars file sets, and whether Terraform takes it as it was written.

Terraform only warns of a variable that it does not know, drops an attribute that was not declared without a word, and
makes the number 5 of "5". Each is a setting that somebody believes in. So Terraform evaluates the file twice here, as
it is written and by the variables' types, and whatever differs is a mistake.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tools import module_docs
from tools.paths import ROOT
from tools.terraform import environment
from tools.terraform.binary import terraform

_MISSING = object()
_OUTPUTS = """
output "written" {{
  value = {{
{written}
  }}
}}

output "taken" {{
  value = {{
{taken}
  }}
}}
"""


@dataclass(frozen=True)
class Settings:
    """All settings of an environment with their defaults, and what is wrong in its file."""

    values: Mapping[str, Any]
    mistakes: tuple[str, ...]


def read(file: Path) -> Settings:
    """What the file sets. There are no values where Terraform itself refuses it."""
    with TemporaryDirectory() as scratch:
        messages = list(_evaluate(file, Path(scratch)))
    if refused := [_sentence(message["diagnostic"]) for message in messages if message["@level"] == "error"]:
        return Settings({}, tuple(refused))
    # Once as planned, without values, and once as applied.
    outputs = [message["outputs"] for message in messages if message["type"] == "outputs"][-1]
    written, taken = outputs["written"]["value"], outputs["taken"]["value"]
    mistakes = list(_differences("", written, taken))
    if taken["environment"] != file.stem:
        mistakes.append(f"environment must be {json.dumps(file.stem)}, like the file")
    return Settings(taken, tuple(mistakes))


def _evaluate(file: Path, scratch: Path) -> Iterator[Mapping[str, Any]]:
    """What Terraform says of the file, in a folder that holds the variables and no resource, so without a provider."""
    for declarations in ROOT.glob("variables*.tf"):
        shutil.copy(declarations, scratch)
    taken = "\n".join(f"    {block.name} = var.{block.name}" for block in module_docs.variables(ROOT))
    # A tfvars file looks like the inside of an object.
    (scratch / "outputs.tf").write_text(_OUTPUTS.format(written=file.read_text(), taken=taken))
    options = ["-auto-approve", "-input=false", "-json", f"-var-file={file.resolve()}"]
    done = subprocess.run(
        [terraform(), f"-chdir={scratch}", "apply", *options],
        env=environment({"TF_DATA_DIR": str(scratch / "data")}),
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return (json.loads(line) for line in done.stdout.splitlines())


def _sentence(diagnostic: Mapping[str, Any]) -> str:
    place = diagnostic.get("range", {}).get("start", {}).get("line")
    return " ".join(f"{diagnostic['summary']}{f' in line {place}' if place else ''}: {diagnostic['detail']}".split())


def _differences(place: str, written: Any, taken: Any) -> Iterator[str]:
    """Where a value is not taken as it is written. What is written as null stands for the default."""
    if taken is _MISSING:
        yield f"{place} is not declared; Terraform would leave it out"
    elif isinstance(written, dict) and isinstance(taken, dict):
        for key, value in written.items():
            yield from _differences(f"{place}.{key}".lstrip("."), value, taken.get(key, _MISSING))
    elif written is not None and not _same(written, taken):
        yield f"{place} is written as {json.dumps(written)} and would be taken as {json.dumps(taken)}"


def _same(written: Any, taken: Any) -> bool:
    """Whether two values are equal; a set comes back in an order of its own."""
    if isinstance(written, list) and isinstance(taken, list):
        return sorted(map(json.dumps, written)) == sorted(map(json.dumps, taken))
    return bool(written == taken)
