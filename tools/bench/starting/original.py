"""The original `quiz_processor`, repaired, with its libraries beside it as pip installs them."""

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from tools.bench.baseline import repairs

_FILE = "submissions/quiz_processor.py"
_LIBRARIES = ("boto3", "aws-xray-sdk")

ENTRY = "quiz_processor.lambda_handler"
# By the first of them X-Ray's SDK knows that it is in Lambda; most invocations are not sampled.
VARIABLES = {
    "LAMBDA_TASK_ROOT": "/var/task",
    "DYNAMODB_TABLE_NAME": "submissions",
    "_X_AMZN_TRACE_ID": "Root=1-6700f1a2-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=0",
}


def source(against: Path) -> str:
    """The handler with its repair."""
    return repairs.repaired(_FILE, (against / _FILE).read_text(encoding="utf-8"))


def install(against: Path, folder: Path) -> None:
    """Put it into a folder of its own, with nothing beside it that it does not need: the SDK patches what it finds.

    The libraries are links to those of this environment, which brings their bytecode along.
    """
    folder.mkdir()
    (folder / "quiz_processor.py").write_text(source(against), encoding="utf-8")
    for name in sorted(_needed(_LIBRARIES)):
        distribution = metadata.distribution(name)
        for top in {Path(file).parts[0] for file in distribution.files or () if not str(file).startswith("..")}:
            if top != "__pycache__":
                (folder / top).symlink_to(Path(str(distribution.locate_file(top))))


def _needed(names: tuple[str, ...]) -> set[str]:
    waiting, found = list(names), set[str]()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name not in found:
            found.add(name)
            required = map(Requirement, metadata.requires(name) or ())
            waiting += [one.name for one in required if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found
