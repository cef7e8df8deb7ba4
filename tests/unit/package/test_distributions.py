"""The locked distributions that a package needs."""

from pathlib import Path

import pytest
from packaging.markers import default_environment

from tests.unit.package.support import install
from tools.package import distributions, pruning, site
from tools.package.errors import PackageError
from tools.package.syntax import Imported, Place
from tools.package.targets import LOCAL

HERE = Place("src/handlers/demo/run.py", 1)


def test_dependencies_follow_markers_and_leave_extras_out(tmp_path: Path) -> None:
    install(tmp_path, "Top_Thing", "top.py", ["a", 'b; python_version < "3.0"', 'c; extra == "more"'])
    install(tmp_path, "a", "a/__init__.py", ["d (>=1)"])
    install(tmp_path, "d", "d.cpython-313-aarch64-linux-gnu.so", [])
    known = distributions.installed(tmp_path, {name: str(value) for name, value in default_environment().items()})
    chosen = distributions.needed([Imported("top.part", HERE)], known)
    assert [distribution.name for distribution in chosen] == ["a", "d", "top-thing"]


def test_what_the_lock_lacks_is_refused(tmp_path: Path) -> None:
    install(tmp_path, "top", "top.py", ["missing"])
    known = distributions.installed(tmp_path, {})
    with pytest.raises(PackageError, match=r"top needs missing, which requirements/lambda\.txt lacks"):
        distributions.needed([Imported("top", HERE)], known)
    with pytest.raises(PackageError, match=r"run\.py:1 imports nothing, which nothing in requirements"):
        distributions.needed([Imported("nothing", HERE)], known)


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("botocore/cacert.pem", True),
        ("botocore/vendored/requests/exceptions.py", True),
        ("aws_xray_sdk/core/sampling/local/sampling_rule.json", True),
        ("botocore-1.dist-info/NOTICE", True),
        ("six-1.dist-info/RECORD", False),
        ("msgspec/__init__.pyi", False),
        ("thing/tests/test_it.py", False),
        ("../../bin/jp.py", False),
    ],
)
def test_pruning(name: str, needed: bool) -> None:
    assert pruning.is_needed(name) is needed


def test_pip_is_heard_only_when_it_fails(tmp_path: Path) -> None:
    lock = tmp_path / "lambda.txt"
    lock.write_text("this is no requirement\n")
    with pytest.raises(PackageError, match=r"pip could not install lambda\.txt for local; it says:\n  ERROR"):
        site.prepare(LOCAL, None, lock, tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*/*"))
