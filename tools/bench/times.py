"""How long people wait: for a plan of an environment, and for the local stack."""

import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tools import terraform
from tools.package import handler_packages
from tools.paths import ROOT
from tools.report import Row, Section
from tools.stack import phases
from tools.terraform.offline import LOCAL_STATE, OFFLINE

_ENVIRONMENTS = ("development", "staging", "production")
_ROUNDS = 5
_PLANNED = "Plan: "

_ABOUT_PLAN = f"""\
`terraform plan` of everything that an environment has, with its own settings, the first time: nothing is there yet, and
AWS is asked nothing. Medians of {_ROUNDS}, after `terraform init`."""

_ABOUT_UP = """\
The newest `make up` of each kind on this machine, by phase: from nothing, and once more, with whatever had changed
since. What has been installed before, the emulator and the distributions in packages, stays installed."""


def sections(_: Path | None) -> list[Section]:
    """Nothing is promised of these."""
    return [_plan(), _up()]


def _plan() -> Section:
    with TemporaryDirectory() as folder:
        copied = _copy(Path(folder) / "configuration")
        terraform.init((), copied)
        rows = tuple(_planned(copied, name) for name in _ENVIRONMENTS)
    return Section("Terraform plan", _ABOUT_PLAN, ("environment", "resources", "seconds"), rows)


def _copy(folder: Path) -> Path:
    """The configuration, as it can be planned without credentials and without a network."""
    shutil.copytree(ROOT / "modules", folder / "modules")
    for file in [*ROOT.glob("*.tf"), ROOT / ".terraform.lock.hcl"]:
        shutil.copy(file, folder)
    (folder / "provider_override.tf").write_text(OFFLINE)
    (folder / "backend_override.tf").write_text(LOCAL_STATE)
    # A plan reads the hash of a function's zip and nothing else.
    (folder / "build" / "lambda").mkdir(parents=True)
    for name in handler_packages():
        (folder / "build" / "lambda" / f"{name}.zip").write_bytes(name.encode())
    return folder


def _planned(copied: Path, name: str) -> Row:
    command = ["plan", "-no-color", "-input=false", "-lock=false", f"-var-file={ROOT / 'environments' / name}.tfvars"]
    taken = []
    for _ in range(_ROUNDS):
        begun = time.monotonic()
        said = terraform.run(command, copied)
        taken.append(time.monotonic() - begun)
    resources = said.partition(_PLANNED)[2].partition(" ")[0]
    return Row((name, resources, f"{median(taken):.1f}"))


def _up() -> Section:
    kept = phases.kept()
    kinds = [kind for kind in (phases.FROM_NOTHING, phases.AGAIN) if kind in kept]
    names = dict.fromkeys(name for kind in kinds for name in kept[kind])
    rows = [Row((name, *(_shown(kept[kind], name) for kind in kinds))) for name in names]
    rows.append(Row(("all", *(f"{sum(kept[kind].values()):.1f}" for kind in kinds))))
    columns = ("phase", *(f"{kind}, s" for kind in kinds))
    return Section("Local stack", _ABOUT_UP, columns, tuple(rows) if kinds else (Row(("not measured yet",)),))


def _shown(seconds: Mapping[str, float], name: str) -> str:
    return f"{seconds[name]:.1f}" if name in seconds else ""
