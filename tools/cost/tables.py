"""Bills as tables in Markdown, and the documents that hold them."""

from collections.abc import Callable
from pathlib import Path

from tools.cost import idle, originals, scenarios
from tools.cost.inventory import environments
from tools.cost.prices import FROM_MEMORY, Bill, Line, prices
from tools.cost.scaling import rendered_limits
from tools.paths import ROOT

GUIDES = (ROOT / "docs" / "cost.md", ROOT / "docs" / "scaling.md")


def amount(usd: float) -> str:
    """As many digits as tell something."""
    if usd < 0.00001:
        return "0"
    return f"{usd:,.2f}" if usd >= 10 else f"{usd:.3f}" if usd >= 0.01 else f"{usd:.5f}"


def number(count: float) -> str:
    """Whole where it is large."""
    return f"{count:,.0f}" if count >= 100 else f"{count:,.3g}"


def table(bill: Bill) -> str:
    """One bill, its dearest lines first."""
    rows = map(_row, bill.dearest_first())
    head = ["| Service | Unit | Count | Price | $ |", "|---|---|--:|--:|--:|"]
    return "\n".join([*head, *rows, f"| **Sum** | | | | **{amount(bill.usd)}** |"])


def _row(line: Line) -> str:
    listed = line.listed
    return f"| {listed.service} | {listed.unit} | {number(line.count)} | {_price(line.price)} | {amount(line.usd)} |"


def _price(name: str) -> str:
    listed = prices().price[name]
    per = {1: "", 1_000: " per 1,000", 1_000_000: " per million"}[listed.per]
    return f"{listed.usd:.10f}".rstrip("0").rstrip(".") + per


def compared() -> str:
    """The platform beside the designs that it came from."""
    rows = [
        (scenarios.submissions(), originals.submissions()),
        (scenarios.live(), originals.live()),
        (scenarios.quizzes(), originals.quizzes()),
    ]
    lines = [f"| {ours.title} | {amount(ours.usd)} | {amount(theirs.usd)} |" for ours, theirs in rows]
    lines.append(f"| {scenarios.practice().title} | {amount(scenarios.practice().usd)} | no code to count |")
    return "\n".join(["| | This platform, $ | The original design, $ |", "|---|--:|--:|", *lines])


def months() -> str:
    """What environments and designs cost while nobody comes."""
    bills = [*map(idle.idle, environments()), *map(originals.idle, originals.DESIGNS)]
    rows = [f"| {bill.title.partition(',')[0]} | {amount(bill.usd)} | {_dearest(bill)} |" for bill in bills]
    theirs = sum(bill.usd for bill in bills[len(environments()) :])
    rows.append(f"| the four designs together | {amount(theirs)} | |")
    return "\n".join(["| | $ a month | Most of it |", "|---|--:|---|", *rows])


def _dearest(bill: Bill) -> str:
    return ", ".join(
        f"{line.listed.service} ({line.listed.unit}) {amount(line.usd)}" for line in bill.dearest_first()[:3]
    )


def people() -> str:
    """What it costs that people sign in, once a month for each, whatever they do then."""
    names = ("cognito_essentials", "cognito_plus")
    rows = [f"| {prices().price[name].unit} | {amount(1_000 * prices().price[name].usd)} |" for name in names]
    return "\n".join(["| | $ for 1,000 people |", "|---|--:|", *rows])


def unchecked() -> str:
    """The prices that nobody has looked up."""
    names = [f"{one.service}: {one.unit}" for one in prices().price.values() if one.checked == FROM_MEMORY]
    return "\n".join(f"- {name}" for name in names)


BLOCKS: dict[str, Callable[[], str]] = {
    "compared": compared,
    "idle": months,
    "idle-production": lambda: table(idle.idle("production")),
    "limits": rendered_limits,
    "live": lambda: table(scenarios.live()),
    "people": people,
    "practice": lambda: table(scenarios.practice()),
    "quizzes": lambda: table(scenarios.quizzes()),
    "submissions": lambda: table(scenarios.submissions()),
    "unchecked": unchecked,
}


def documents() -> dict[Path, str]:
    """The guides with their tables as they should be."""
    return {guide: rendered(guide.read_text()) for guide in GUIDES}


def rendered(text: str) -> str:
    """The text with every block as it should be."""
    for name, make in BLOCKS.items():
        begin, end = f"<!-- BEGIN GENERATED {name} -->", f"<!-- END GENERATED {name} -->"
        if begin in text:
            before, _, rest = text.partition(begin)
            _, _, after = rest.partition(end)
            text = f"{before}{begin}\n{make()}\n{end}{after}"
    return text
