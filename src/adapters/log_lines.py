"""The lines of the log: every one tells what the work is about, and none quotes what it worked on."""

import logging
from typing import Any

import msgspec
from aws_lambda_powertools.logging.formatter import LambdaPowertoolsFormatter

from adapters.correlation import fields
from quiz.errors import QuizError

LEFT_OUT = "(left out, because it may quote data)"

# What these say was written by us, or by AWS, or tells of types and addresses alone.
_HARMLESS = (QuizError, ArithmeticError, AttributeError, ImportError, NameError, OSError, RuntimeError, TypeError)
# Those of msgspec that tell what was expected, and where.
_OF_STRUCTURE = ("Expected ", "Object missing ")
# Not imported, because not every package has it. These quote the parameters of a call.
_SDK, _QUOTING = "botocore", {"ParamValidationError", "ValidationError"}


class Lines(LambdaPowertoolsFormatter):
    """Powertools' JSON, with what `about` was told, and with errors whose text is harmless or left out."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; what it says itself goes before what is known of the work."""
        for name, value in fields().items():
            record.__dict__.setdefault(name, value)
        return super().format(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's name
        """The traceback, which shows source lines and no values."""
        hush(ei[1])
        return super().formatException(ei)


def hush(error: BaseException | None) -> None:
    """Take the text out of an error, and out of all that led to it, unless it is known to be harmless."""
    waiting, seen = [error], set()
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        if not _is_harmless(each):
            each.args = (LEFT_OUT,)
        waiting += [each.__cause__, each.__context__]


def _is_harmless(error: BaseException) -> bool:
    if isinstance(error, msgspec.ValidationError):
        return str(error).startswith(_OF_STRUCTURE)
    kind = type(error)
    if kind.__module__.partition(".")[0] == _SDK:
        return _QUOTING.isdisjoint(above.__name__ for above in kind.__mro__)
    # All that those of Unicode quote is one character.
    return isinstance(error, (*_HARMLESS, UnicodeError)) or not str(error)
