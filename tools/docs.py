"""Documents that are made from code, so that they cannot differ from it: `python -m tools.docs [--check]`."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from quiz.submissions import Submission
from tools.paths import ROOT


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


_DOCUMENTS: Mapping[str, Callable[[], str]] = {"docs/submission.schema.json": submission_schema}


def stale() -> list[Path]:
    """The documents that differ from what the code says now."""
    return [ROOT / name for name, make in _DOCUMENTS.items() if _read(ROOT / name) != make()]


def main(arguments: list[str]) -> int:
    """Write all documents, or only tell which are stale."""
    if arguments == ["--check"]:
        for path in stale():
            print(f"{path.relative_to(ROOT)} is stale; run: make docs", file=sys.stderr)
        return 1 if stale() else 0
    for name, make in _DOCUMENTS.items():
        (ROOT / name).write_text(make())
    return 0


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
