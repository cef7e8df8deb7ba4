"""Whether a tool of ours takes the arguments that a page gives it, by its own parser; nothing is done with them."""

import argparse
import importlib
from typing import Any, NoReturn

import pytest


class _Understood(Exception):
    """The tool's parser took the arguments."""


class _Refused(Exception):
    """The tool's parser did not."""


def problems(command: list[str]) -> list[str]:
    """What is wrong with `python -m tools.NAME ...`."""
    _, option, module, *arguments = command
    if option != "-m" or not module.startswith("tools."):
        return [f"{command} runs no tool"]
    try:
        main = _main(module)
        _parse(main, arguments)
    except (_Refused, ModuleNotFoundError) as error:
        return [f"{' '.join(command)}: {error}"]
    except _Understood:
        return []
    return [f"{module} parses nothing"]


def _main(module: str) -> Any:
    package = importlib.import_module(module)
    return importlib.import_module(f"{module}.__main__").main if hasattr(package, "__path__") else package.main


def _parse(main: Any, arguments: list[str]) -> None:
    parse = argparse.ArgumentParser.parse_args

    def stop(self: argparse.ArgumentParser, args: Any = None, namespace: Any = None) -> NoReturn:
        parse(self, args, namespace)
        raise _Understood

    def refuse(self: argparse.ArgumentParser, message: str) -> NoReturn:
        raise _Refused(message)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(argparse.ArgumentParser, "parse_args", stop)
        patched.setattr(argparse.ArgumentParser, "error", refuse)
        main(arguments)
