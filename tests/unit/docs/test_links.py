"""Links within the repository lead somewhere, and the check finds those that do not."""

from pathlib import Path

import pytest

from tools import links
from tools.markdown import Document, files
from tools.paths import ROOT

PAGE = """# Home

[here](#a-heading---with-code) [there](other.md#twice-1) ![picture](picture.svg) <a id="own"></a> [own](#own)
`[not](a-link.md)` [web](https://example.com/x.md) [folder](folder)

## A heading - with `code`

```sh
[neither](this.md)  # nor this
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "page.md").write_text(PAGE)
    (tmp_path / "other.md").write_text("## Twice\n\n## Twice\n")
    (tmp_path / "picture.svg").write_text("")
    (tmp_path / "folder").mkdir()
    return tmp_path


def test_every_link_leads_somewhere() -> None:
    assert links.broken() == []


def test_every_page_is_in_the_index() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*") if path.suffix in (".md", ".json")} - {"README.md"}
    linked = {link.partition("#")[0] for link in Document.read(ROOT / "docs" / "README.md").links}
    assert pages <= linked


def test_what_is_right_is_found_right(root: Path) -> None:
    assert links.broken(root) == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("missing.md", "there is no missing.md"),
        ("#twice", "there is no heading for #twice"),
        ("other.md#twice-2", "there is no heading for other.md#twice-2"),
        ("picture.svg#twice", "there is no heading for picture.svg#twice"),
        ("../../x.md", "../../x.md leads out of the repository"),
    ],
)
def test_what_is_wrong_is_told(link: str, problem: str, root: Path) -> None:
    (root / "wrong.md").write_text(f"# Wrong\n\n[x]({link})\n")
    assert links.broken(root) == [f"wrong.md: {problem}"]


def test_definitions_are_links_too(root: Path) -> None:
    (root / "wrong.md").write_text("[x][y]\n\n[y]: missing.md\n")
    assert links.broken(root) == ["wrong.md: there is no missing.md"]


def test_what_others_wrote_is_left_alone(root: Path) -> None:
    for folder in (".venv", "node_modules"):
        (root / folder).mkdir()
        (root / folder / "wrong.md").write_text("[x](missing.md)")
    assert len(files(root)) == 2
