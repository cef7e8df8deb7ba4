"""Documents that are made from code, so that they cannot differ from it: `python -m tools.docs [--check]`.

The check also tells of links that lead nowhere, and of pictures that show an older diagram.
"""

import json
import sys
from pathlib import Path

import msgspec

from quiz.submissions import Submission
from tools import links, module_docs, openapi, pictures
from tools.cost import tables as cost
from tools.live import guide
from tools.paths import ROOT
from tools.policy import page
from tools.supply import page as licences


def submission_schema() -> str:
    """The JSON Schema of an LMS submission."""
    (schema,), definitions = msgspec.json.schema_components([Submission], ref_template="#/$defs/{name}")
    root = definitions.pop(schema["$ref"].rsplit("/", 1)[-1])
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        **({"$defs": definitions} if definitions else {}),
    }
    return json.dumps(document, indent=2) + "\n"


def documents() -> dict[Path, str]:
    """Every document that is made from code, as it should be."""
    directories = [ROOT / "bootstrap", *module_docs.modules()]
    readmes = {directory / "README.md": module_docs.rendered(directory) for directory in directories}
    return {
        guide.GUIDE: guide.rendered(),
        licences.PAGE: licences.rendered(),
        page.PAGE: page.rendered(),
        ROOT / "docs" / "openapi.json": openapi.document(),
        ROOT / "docs" / "submission.schema.json": submission_schema(),
        **cost.documents(),
        **readmes,
    }


def stale() -> list[Path]:
    """The documents that differ from what the code says now."""
    return [path for path, text in documents().items() if not path.exists() or path.read_text() != text]


def main(arguments: list[str]) -> int:
    """Write all documents, or only tell which are stale."""
    if arguments == ["--check"]:
        outdated = stale()
        for path in outdated:
            print(f"{path.relative_to(ROOT)} is stale; run: make docs", file=sys.stderr)
        faults = [links.main(), pictures.main(arguments)]
        return 1 if outdated or any(faults) else 0
    for path, text in documents().items():
        path.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
