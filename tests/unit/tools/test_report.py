from rich.console import Console

from tools.report import Row, Section, markdown, show

BOUNDED = Section(
    "Speed", "How fast.", ("what", "seen"), (Row(("a|b", "1"), holds=True), Row(("c", "2"))), ("pictures/speed.svg",)
)
BROKEN = Section("Loss", "What is lost.", ("what",), (Row(("one",), holds=False),))


def test_a_section_holds_when_nothing_promised_is_broken() -> None:
    assert (BOUNDED.holds, BROKEN.holds) == (True, False)


def test_a_document_has_a_table_and_its_pictures() -> None:
    assert markdown([BOUNDED, BROKEN]) == (
        "## Speed\n\nHow fast.\n\n| what | seen |  |\n| --- | --- | --- |\n| a&#124;b | 1 | holds |\n| c | 2 |  |\n\n"
        "![Speed](pictures/speed.svg)\n\n"
        "## Loss\n\nWhat is lost.\n\n| what |  |\n| --- | --- |\n| one | **broken** |\n"
    )


def test_the_terminal_shows_the_same() -> None:
    console = Console(record=True, width=80)
    show(console, BROKEN)
    shown = console.export_text()
    assert all(word in shown for word in ("Loss", "What is lost.", "one", "broken"))
