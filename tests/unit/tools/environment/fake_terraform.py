"""A stand-in for Terraform: its plans name the zips that lie in build/lambda, and it notes what it was asked to do.

What it is to say when it fails lies beside it, in a file named after the command.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

HERE = Path(sys.argv[0]).parent
ARGUMENTS = [argument for argument in sys.argv[1:] if not argument.startswith("-chdir=")]


def plan() -> str:
    functions = [
        {
            "type": "aws_lambda_function",
            "change": {
                "after": {
                    "filename": zipped.as_posix(),
                    "source_code_hash": base64.b64encode(hashlib.sha256(zipped.read_bytes()).digest()).decode(),
                }
            },
        }
        for zipped in sorted(Path("build/lambda").glob("*.zip"))
    ]
    removed = {"type": "aws_lambda_function", "change": {"after": None}}
    other = {"type": "aws_sqs_queue", "change": {"after": {"name": "submissions"}}}
    return json.dumps({"resource_changes": [*functions, removed, other]})


def main() -> int:
    command = ARGUMENTS[0]
    if command == "version":
        sys.stdout.write("Terraform v1.11.4\n")
        return 0
    with (HERE / "commands").open("a") as commands:
        commands.write(" ".join(ARGUMENTS) + "\n")
    if (failure := HERE / f"{command}.txt").exists():
        sys.stdout.write(failure.read_text())
        return 1
    if command == "plan":
        [out] = [argument.removeprefix("-out=") for argument in ARGUMENTS if argument.startswith("-out=")]
        Path(out).write_text(plan())
    elif command == "show":
        sys.stdout.write(Path(ARGUMENTS[-1]).read_text())
    return 0


sys.exit(main())
