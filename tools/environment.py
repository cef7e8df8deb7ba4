"""Plan and deploy an environment: `python -m tools.environment plan|deploy NAME`.

A deploy applies the plan that was kept, and nothing else: what was read is what happens.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools import kept_plan, package, readiness
from tools.paths import LOCAL, ROOT
from tools.stack import apply, outputs
from tools.terraform import TerraformFailed, TerraformMissing, environment, init
from tools.terraform.binary import terraform

_ENVIRONMENTS = ROOT / "environments"
LOCAL_NAME = "local"


class Refused(Exception):
    """What was asked for cannot be done; the message says what to do instead."""


def plan(name: str, options: Sequence[str] = ()) -> None:
    """Build the packages, plan, and keep the plan."""
    _refuse_unready(name)
    origin = kept_plan.begin(name)
    variables = [f"-var-file={variables_file(name)}"] if name != LOCAL_NAME else apply.settings()
    target = "local" if name == LOCAL_NAME else "lambda"
    package.build(target, require_bytecode=name != LOCAL_NAME)
    print(f"provider from {_init(name)}")
    _terraform(name, ["plan", "-input=false", *variables, *options, f"-out={kept(name)}"])
    kept_plan.remember(name, origin)
    if origin and origin.changes:
        print(f"\nOnly to look at: {name} takes nothing but commits, and this has uncommitted changes.")
    else:
        print(f"\nApply exactly this with: make deploy ENV={name}")


def deploy(name: str) -> None:
    """Apply the kept plan; refused when the checkout, the packages or the environment have changed since."""
    _refuse_unready(name)
    kept_plan.refuse_changes(name)
    if kept(name).exists():
        # In CI another machine made it, so nothing is initialised here.
        _init(name)
    else:
        plan(name)
        if not sys.stdin.isatty() or input(f"\nType {name} to apply this plan: ") != name:
            raise Refused("nothing was applied; the plan is kept")
    kept_plan.check(name, extra(name))
    _terraform(name, ["apply", "-input=false", str(kept(name))])
    kept_plan.forget(name)


def _refuse_unready(name: str) -> None:
    """Everything at once that has to be done before an environment can be planned."""
    wrong = list(readiness.mistakes(variables_file(name)))
    if name != LOCAL_NAME:
        wrong += readiness.missing(variables_file(name), _ENVIRONMENTS / f"{name}.s3.tfbackend")
    if wrong:
        raise Refused("\n".join([f"{name} is not ready; docs/deploying.md tells how:", *wrong]))


def variables_file(name: str) -> Path:
    """The file that says what the environment is; refused where there is none."""
    file = _ENVIRONMENTS / f"{name}.tfvars"
    if not file.exists():
        known = ", ".join(sorted(found.stem for found in _ENVIRONMENTS.glob("*.tfvars")))
        raise Refused(f"there is no environments/{name}.tfvars (there is: {known}); docs/deploying.md tells how")
    return file


def backend(name: str) -> list[str]:
    """Options that lead `terraform init` to the environment's state."""
    return ["-input=false", "-lockfile=readonly", "-reconfigure", f"-backend-config=environments/{name}.s3.tfbackend"]


def kept(name: str) -> Path:
    """Where the plan of an environment lies between its making and its application."""
    return kept_plan.file(name)


def extra(name: str) -> dict[str, str]:
    """The local environment lives in the emulator; every other one where the caller's credentials lead."""
    if name == LOCAL_NAME:
        return apply.variables(outputs.read()["endpoint_url"])
    return {"TF_DATA_DIR": str(LOCAL / f"terraform-{name}")}


def _init(name: str) -> str:
    try:
        return init(backend(name), extra=extra(name))
    except TerraformFailed as failure:
        raise Refused("\n\n".join([str(failure), *readiness.hints(str(failure))])) from failure


def _terraform(name: str, arguments: list[str]) -> None:
    done = subprocess.run([terraform(), *arguments], cwd=ROOT, env=environment(extra(name)), check=False)
    if done.returncode:
        raise Refused(f"Terraform stopped, for the reason above. A stale plan is made anew by: make plan ENV={name}")


def main(arguments: list[str]) -> int:
    """Run one command for one environment."""
    commands = {"plan": plan, "deploy": deploy}
    if len(arguments) != 2 or arguments[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        commands[arguments[0]](arguments[1])
    except (
        Refused,
        kept_plan.NotAsPlanned,
        outputs.StackDown,
        package.PackageError,
        TerraformFailed,
        TerraformMissing,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
