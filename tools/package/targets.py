"""Where a zip will run: on this machine, or as a Lambda function on Graviton."""

import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass

from packaging.markers import default_environment

from tools.package.errors import PackageError
from tools.package.interpreters import find_interpreter


@dataclass(frozen=True)
class Target:
    """What decides which wheels are installed and which bytecode fits."""

    name: str
    python: tuple[int, int]
    pip_options: tuple[str, ...]
    markers: dict[str, str]
    machine: str
    interpreter: Callable[[], str | None]

    @property
    def cache_tag(self) -> str:
        """The part of a .pyc file's name that tells its version."""
        return f"cpython-{self.python[0]}{self.python[1]}"

    @property
    def key(self) -> str:
        """Differs where the installed distributions or their bytecode would differ."""
        return " ".join([self.name, self.machine, self.markers["python_full_version"], *self.pip_options])


def _here() -> dict[str, str]:
    return {name: str(value) for name, value in default_environment().items()}


LOCAL = Target(
    name="local",
    python=(sys.version_info[0], sys.version_info[1]),
    pip_options=(),
    markers=_here(),
    machine=sysconfig.get_platform(),
    interpreter=lambda: sys.executable,
)

LAMBDA = Target(
    name="lambda",
    python=(3, 13),
    pip_options=(
        # Amazon Linux 2023 has glibc 2.34; packages name the older or the newer of the two platforms that run there.
        *("--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64"),
        *("--python-version", "3.13", "--implementation", "cp", "--only-binary", ":all:"),
    ),
    # Nothing of these depends on the machine that builds, so neither does the zip.
    markers={
        "implementation_name": "cpython",
        "implementation_version": "3.13.0",
        "os_name": "posix",
        "platform_machine": "aarch64",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": "3.13.0",
        "python_version": "3.13",
        "sys_platform": "linux",
    },
    machine="linux-aarch64",
    # Bytecode depends on the version alone, so any machine's interpreter of that version makes it.
    interpreter=lambda: find_interpreter((3, 13)),
)

TARGETS = {target.name: target for target in (LOCAL, LAMBDA)}


def compiler(target: Target, *, required: bool) -> str | None:
    """The interpreter that makes the target's bytecode; if there is none, says what is lost and how to mend it."""
    if found := target.interpreter():
        return found
    version = ".".join(map(str, target.python))
    sentence = (
        f"no Python {version} runs here, so the zips hold no bytecode and imports take three times as long at each "
        f"cold start; `uv python install {version}` mends it"
    )
    if required:
        raise PackageError(sentence)
    print(f"package: {sentence}", file=sys.stderr)
    return None
