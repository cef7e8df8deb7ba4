"""Play the campaigns and show them; a full run of all of them writes docs/reliability.md.

python -m tests.proofs.campaigns [--short] [--seed NUMBER] [NAME ...]
"""

import argparse
import secrets
import sys
import time
from pathlib import Path

from rich.console import Console

from tests.proofs.campaigns.registry import CAMPAIGNS
from tools.machine import described
from tools.paths import ROOT
from tools.report import Section, markdown, show

PAGE = ROOT / "docs" / "reliability.md"

_HEAD = """# Reliability

What `make prove` found when it last ran in full: {described}; seed {seed}, {minutes:.0f} minutes.
The rules that are judged, and what stands in for AWS, are described in [tests/proofs](../tests/proofs/README.md).
To repeat a run, or one campaign of it:

```sh
make prove
.venv/bin/python -m tests.proofs.campaigns --short --seed {seed}
```

"""


def main(arguments: list[str]) -> int:
    """Play what was asked for; 1 if a claim broke."""
    asked = _asked(arguments)
    console = Console(highlight=False)
    console.print(f"{described()}; seed {asked.seed}\n")
    begun = time.monotonic()
    sections = [_played(console, name, asked) for name in asked.names or CAMPAIGNS]
    if not asked.short and not asked.names:
        minutes = (time.monotonic() - begun) / 60
        write(PAGE, sections, asked.seed, minutes)
    return 0 if all(section.holds for section in sections) else 1


def write(page: Path, sections: list[Section], seed: int, minutes: float) -> None:
    """The page of a full run."""
    page.write_text(_HEAD.format(described=described(), seed=seed, minutes=minutes) + markdown(sections))


def _played(console: Console, name: str, asked: argparse.Namespace) -> Section:
    campaign = CAMPAIGNS[name]
    with console.status(f"{name} …"):
        section = campaign.run(campaign.short if asked.short else campaign.full, asked.seed)
    show(console, section)
    return section


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.campaigns", description="Play the campaigns.")
    parser.add_argument("names", nargs="*", choices=[*CAMPAIGNS, []], metavar="NAME", help=", ".join(CAMPAIGNS))
    parser.add_argument("--short", action="store_true", help="the sizes of the test suite")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeats a run")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
