"""Run the measurements and show them; a run of all of them writes docs/benchmarks.md.

python -m tools.bench [--against DIR] [--only NAME ...]
"""

import argparse
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from tools.bench import plots
from tools.bench.registry import MEASUREMENTS
from tools.machine import described
from tools.paths import ROOT
from tools.report import Section, markdown, show

PAGE = ROOT / "docs" / "benchmarks.md"

_HEAD = """# Benchmarks

What `make bench` measured when it last ran in full: {described}; {minutes:.0f} minutes, {compared}.
Times are of that machine. What carries over to others are ratios, counts and slopes, so these are what is promised: a
row with a bound says whether it holds, and `make bench` ends with an error where one is broken. To repeat a run, or one
measurement of it, which leaves this page alone:

```sh
make bench
.venv/bin/python -m tools.bench --only {first}
```

`--help` tells the names of the others, and `make bench AGAINST=DIR` measures other implementations of the same events
beside ours.

"""


def main(arguments: list[str]) -> int:
    """Measure what was asked for; 1 if a bound is broken, or something could not be measured."""
    asked = _asked(arguments)
    console = Console(highlight=False)
    console.print(f"{described()}\n")
    begun = time.monotonic()
    measured = [_measured(console, name, asked.against) for name in asked.only or MEASUREMENTS]
    sections = [section for some in measured for section in some or ()]
    whole = None not in measured
    if whole and not asked.only:
        write(PAGE, sections, asked.against, (time.monotonic() - begun) / 60)
    return 0 if whole and all(section.holds for section in sections) else 1


def write(page: Path, sections: Sequence[Section], against: Path | None, minutes: float) -> None:
    """The page of a full run, and its pictures."""
    compared = f"beside the implementations in `{against.name}`" if against else "beside no other implementation"
    head = _HEAD.format(described=described(), minutes=minutes, compared=compared, first=next(iter(MEASUREMENTS)))
    plots.publish([picture for section in sections for picture in section.pictures])
    page.write_text(head + markdown(sections))


def _measured(console: Console, name: str, against: Path | None) -> list[Section] | None:
    """Shown at once; None if it could not be done, which is no reason to do without the others."""
    try:
        with console.status(f"{name} …"):
            sections = MEASUREMENTS[name](against)
    except Exception:  # noqa: BLE001
        traceback.print_exc()
        console.print(f"[red]{name} could not be measured[/]\n")
        return None
    for section in sections:
        show(console, section)
    return sections


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Run the measurements.")
    parser.add_argument("--against", type=_folder, metavar="DIR", help="other implementations of the same events")
    known = ", ".join(MEASUREMENTS)
    parser.add_argument("--only", nargs="+", choices=[*MEASUREMENTS], metavar="NAME", help=f"of {known}")
    return parser.parse_args(arguments)


def _folder(text: str) -> Path:
    if not (folder := Path(text)).is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {text}")
    return folder.resolve()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
