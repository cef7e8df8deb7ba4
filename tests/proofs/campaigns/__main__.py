"""Play the campaigns and show them; those at full size are written into docs/reliability.md.

python -m tests.proofs.campaigns [--short] [--seed NUMBER] [NAME ...]
"""

import argparse
import secrets
import sys

from rich.console import Console

from tests.proofs.campaigns.page import PAGE, write
from tests.proofs.campaigns.registry import CAMPAIGNS
from tools.machine import described
from tools.report import Section, show


def main(arguments: list[str]) -> int:
    """Play what was asked for; 1 if a claim broke."""
    asked = _asked(arguments)
    console = Console(highlight=False)
    console.print(f"{described()}; seed {asked.seed}\n")
    played = {name: _played(console, name, asked) for name in asked.names or CAMPAIGNS}
    if not asked.short:
        write(PAGE, played, asked.seed)
    return 0 if all(section.holds for section in played.values()) else 1


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
