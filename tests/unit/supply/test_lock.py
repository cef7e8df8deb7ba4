"""Everything that is installed is pinned, with hashes."""

import re
from pathlib import Path

import pytest

from tools.package.targets import LAMBDA
from tools.supply import lock

LOCKS = sorted(lock.REQUIREMENTS.glob("*.txt"))


@pytest.mark.parametrize("file", LOCKS, ids=lambda file: file.stem)
def test_every_line_of_a_lock_is_a_pin_with_hashes(file: Path) -> None:
    pins = lock.read(file)
    named = re.findall(r"^[^\s#-][^\s=]*==", file.read_text(), re.MULTILINE)
    assert len(pins) == len(named) > 1
    assert not [pin.name for pin in pins if not pin.hashes]
    assert sum(len(pin.hashes) for pin in pins) == file.read_text().count("--hash=")


def test_whoever_pins_the_same_as_the_handlers_pins_the_same_version() -> None:
    shipped, used = (set(lock.read(lock.REQUIREMENTS / name)) for name in ("lambda.txt", "dev.txt"))
    assert shipped < used


def test_markers_choose_what_is_for_a_platform(tmp_path: Path) -> None:
    file = tmp_path / "some.txt"
    digest = "--hash=sha256:" + "a" * 64
    file.write_text(
        f"Always.Here==1.0 \\\n    {digest} \\\n    {digest[:-1]}b\n    # via x\n"
        f"never==2.0 ; sys_platform == 'win32' \\\n    {digest}\n"
    )
    pins = lock.read(file)
    assert [pin.marker for pin in pins] == ["", "sys_platform == 'win32'"]
    [chosen] = lock.installed_in(pins, LAMBDA.markers).values()
    assert (chosen.purl, len(chosen.hashes)) == ("pkg:pypi/always-here@1.0", 2)
