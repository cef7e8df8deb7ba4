"""A campaign that is played again takes the place of its own chapter, and of no other."""

from pathlib import Path

from tests.proofs.campaigns.page import PAGE, write
from tests.proofs.campaigns.registry import CAMPAIGNS
from tools.report import Row, Section


def _section(title: str, seen: str) -> Section:
    return Section(title, f"About {title}.", ("what", "seen"), (Row(("lost", seen), True),))


def test_chapters_are_replaced_one_by_one_and_keep_their_order(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    write(page, {"soak": _section("Soak", "0 of 5"), "live": _section("Live", "0 of 9")}, 7)
    first = page.read_text()
    assert first.index("## Live") < first.index("## Soak")
    assert "| lost | 0 of 9 | holds |" in first
    write(page, {"soak": _section("Soak", "0 of 6")}, 8)
    second = page.read_text()
    assert second.replace("0 of 6", "0 of 5").replace("--seed 8", "--seed 7") == first
    assert "--seed 8 soak`" in second
    assert "--seed 7 live`" in second


def test_the_page_has_every_campaign(tmp_path: Path) -> None:
    again = tmp_path / "page.md"
    again.write_text(PAGE.read_text())
    write(again, {}, 1)
    assert again.read_text() == PAGE.read_text()
    assert again.read_text().count("\n## ") == len(CAMPAIGNS)
