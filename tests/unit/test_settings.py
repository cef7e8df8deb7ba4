"""Environment variables as a typed struct."""

import msgspec
import pytest

from adapters import settings


class Wanted(msgspec.Struct, frozen=True):
    table_name: str
    limit: int = 10
    trust: bool = False


def test_variables_fill_the_fields_of_their_names() -> None:
    read = settings.read(Wanted, {"TABLE_NAME": "results", "LIMIT": "5", "TRUST": "true", "PATH": "/bin"})
    assert read == Wanted(table_name="results", limit=5, trust=True)


def test_what_is_not_set_keeps_its_default() -> None:
    assert settings.read(Wanted, {"TABLE_NAME": "results"}) == Wanted(table_name="results")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("1", True), ("0", False)])
def test_a_switch_is_a_word_or_a_digit(text: str, value: bool) -> None:
    assert settings.read(Wanted, {"TABLE_NAME": "t", "TRUST": text}).trust is value


@pytest.mark.parametrize(
    ("environment", "fault"),
    [
        ({}, "table_name"),
        ({"table_name": "in lower case"}, "table_name"),
        ({"TABLE_NAME": "t", "LIMIT": "many"}, r"\$\.limit"),
        ({"TABLE_NAME": "t", "TRUST": "perhaps"}, r"\$\.trust"),
        ({"TABLE_NAME": "t", "TRUST": ""}, r"\$\.trust"),
    ],
)
def test_a_missing_or_bad_variable_is_named(environment: dict[str, str], fault: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=fault):
        settings.read(Wanted, environment)


def test_a_numeric_looking_name_stays_text() -> None:
    assert settings.read(Wanted, {"TABLE_NAME": "123"}).table_name == "123"
