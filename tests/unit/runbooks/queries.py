"""Whether a query of Logs Insights names what our logs hold, by the code and the access logs that write them."""

import ast
import re
from functools import cache

from tests.unit.builders import SRC
from tools.paths import ROOT

_COMMANDS = {"dedup", "display", "fields", "filter", "limit", "parse", "sort", "stats"}
_WORDS = {"and", "as", "asc", "by", "desc", "in", "ispresent", "like", "not", "or", "true", "false"}
# Logs Insights' own, the logger's, and those of Lambda's lines about an invocation.
_EVERYWHERE = {"@log", "@logStream", "@message", "@timestamp", "level", "location", "message", "service", "timestamp"}
_EXCEPTIONS = {"exception", "exception_name", "stack_trace.value"}
_LAMBDA = {"errorMessage", "errorType", "record.errorType", "record.status", "stackTrace", "type"} | {
    f"record.metrics.{name}" for name in ("durationMs", "initDurationMs", "maxMemoryUsedMB")
}

_STRING = re.compile(r'"([^"]*)"|/(?:[^/\n]+)/')
_FUNCTION = re.compile(r"\b\w+(?=\()")
_PERIOD = re.compile(r"\b\d+[smhd]\b")
_FIELD = re.compile(r"@?[A-Za-z_][\w.]*")


def problems(query: str) -> list[str]:
    """What the query names and nothing writes."""
    plain = _PERIOD.sub("", _FUNCTION.sub("", _STRING.sub("", query)))
    own = set(re.findall(r"\bas (\w+)", plain))
    commands = [part.split()[0] for part in plain.split("|")]
    fields = set(_FIELD.findall(plain)) - own - _WORDS - _COMMANDS
    known = _EVERYWHERE | _EXCEPTIONS | _LAMBDA | _written() | _access_log()
    silent = [text for text in _messages(query, "=") if not said(text)]
    silent += [text for text in _messages(query, "like") if not any(text in constant for constant in _constants())]
    return [
        *(f"no command {name}" for name in commands if name not in _COMMANDS),
        *(f"nothing logs {name}" for name in sorted(fields - known)),
        *(f"nothing says {text!r}" for text in silent),
    ]


def _messages(query: str, compared: str) -> list[str]:
    """The messages of ours that it looks for; `in` compares as `=` does."""
    one = re.findall(rf'\bmessage {compared} "([^"]*)"', query)
    several = re.findall(r"\bmessage in \[([^\]]*)\]", query) if compared == "=" else []
    return one + [text for texts in several for text in re.findall(r'"([^"]*)"', texts)]


def said(text: str) -> bool:
    """Whether the functions' code says so, word for word."""
    return text in _constants()


@cache
def _constants() -> frozenset[str]:
    """Every string in the functions' code."""
    return frozenset(node.value for node in _nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))


@cache
def _written() -> frozenset[str]:
    """Names that the code may give to a field: strings, and keywords of calls."""
    keywords = {node.arg for node in _nodes() if isinstance(node, ast.keyword) and node.arg}
    return frozenset(keywords | {text for text in _constants() if text.isidentifier()})


@cache
def _nodes() -> tuple[ast.AST, ...]:
    files = sorted(SRC.rglob("*.py"))
    return tuple(node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@cache
def _access_log() -> frozenset[str]:
    texts = [file.read_text(encoding="utf-8") for file in (ROOT / "modules" / "api").glob("*.tf")]
    return frozenset(name for text in texts for name in re.findall(r'^ +(\w+) += "\$context\.', text, re.MULTILINE))
