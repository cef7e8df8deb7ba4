"""`python -m tools.bank`: move questions between files and the bank. docs/bank.md is the guide."""

import argparse
import sys
from pathlib import Path

import boto3
import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from rich.console import Console

from quiz.errors import QuizError
from quiz.fields import Category
from tools.bank.bank_table import BankTable, TableBusy
from tools.bank.exporting import export_file
from tools.bank.formats import FORMATS
from tools.bank.importing import import_files
from tools.bank.results import Refusal
from tools.stack import outputs

_console = Console(stderr=True, highlight=False, soft_wrap=True)


def main(arguments: list[str] | None = None) -> int:
    """Import or export; exits with 1 if anything was refused or the bank could not be reached."""
    options = _options(arguments)
    try:
        table = _table(options.table)
        complete = (
            import_files(table, options, _console)
            if options.command == "import"
            else export_file(table, options, _console)
        )
    except (OSError, Refusal, QuizError, TableBusy, BotoCoreError, ClientError, outputs.StackDown) as error:
        _console.print(f"[red]stopped[/]: {error}", markup=True)
        return 1
    return 0 if complete else 1


def _table(name: str | None) -> BankTable:
    """The table named, with the caller's own credentials; or the one of the local stack."""
    if name:
        return BankTable(boto3.client("dynamodb"), name)
    known = outputs.read()
    return BankTable(outputs.client("dynamodb", known), known["tables"]["questions"])


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bank", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--format", choices=FORMATS, help="without it, what the file's name ends with")
    common.add_argument("--table", help="the table of questions; without it, the one of the local stack")

    importing = commands.add_parser("import", parents=[common], help="put questions into the bank")
    importing.add_argument("files", type=Path, nargs="+", metavar="FILE")
    importing.add_argument("--category", type=_category, help="for all questions, whatever the files say")
    importing.add_argument("--difficulty", type=int, choices=range(1, 6), help="for all, whatever the files say")
    importing.add_argument("--replace", action="store_true", help="a stored question with other content is replaced")
    importing.add_argument("--dry-run", action="store_true", help="compare with the bank and write nothing")

    exporting = commands.add_parser("export", parents=[common], help="write the bank's questions to a file")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.add_argument("--category", type=_category, help="only questions of this category")
    return parser.parse_args(arguments)


def _category(text: str) -> str:
    try:
        return msgspec.convert(text, Category)
    except msgspec.ValidationError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
