"""What the platform costs: `python -m tools.cost [--environment production] [--json]`."""

import argparse
import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from tools.cost import idle, originals, scenarios
from tools.cost.inventory import environments
from tools.cost.prices import Bill, prices
from tools.cost.tables import amount, number

_console = Console(highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Show every bill, the dearest lines first; or all of it for machines."""
    parser = argparse.ArgumentParser(prog="python -m tools.cost", description="What the platform costs.")
    parser.add_argument("--environment", choices=sorted(environments()), default="production")
    parser.add_argument("--json", action="store_true", help="for machines")
    asked = parser.parse_args(arguments)
    ours = [*(make() for make in scenarios.SCENARIOS), idle.idle(asked.environment)]
    theirs = [originals.submissions(), originals.live(), originals.quizzes(), *map(originals.idle, originals.DESIGNS)]
    if asked.json:
        told = {"region": prices().region, "date": str(prices().date)}
        print(json.dumps({**told, "platform": _told(ours), "originals": _told(theirs)}, indent=2))
        return 0
    for bill in ours:
        _console.print(_shown(bill))
    _console.print(_sums(theirs))
    _console.print(
        f"List prices of {prices().region}, {prices().date}, without free tiers; docs/cost.md says what is counted."
    )
    return 0


def _shown(bill: Bill) -> Table:
    table = Table("service", "unit", "count", "$", title=bill.title)
    for line in bill.dearest_first():
        table.add_row(line.listed.service, line.listed.unit, number(line.count), amount(line.usd))
    table.add_row("sum", "", "", amount(bill.usd), style="bold")
    return table


def _sums(bills: Sequence[Bill]) -> Table:
    table = Table("", "$", title="the original designs")
    for bill in bills:
        table.add_row(bill.title, amount(bill.usd))
    return table


def _told(bills: Sequence[Bill]) -> list[dict[str, object]]:
    return [
        {
            "title": bill.title,
            "usd": bill.usd,
            "lines": [
                {"price": line.price, "unit": line.listed.unit, "count": line.count, "usd": line.usd}
                for line in bill.dearest_first()
            ],
        }
        for bill in bills
    ]


if __name__ == "__main__":
    sys.exit(main())
