"""Environments set what the root declares, as it declares it: of a misspelled key Terraform only warns."""

from pathlib import Path

import pytest

from tools import tfvars
from tools.paths import ROOT

_ENVIRONMENTS = sorted(ROOT.glob("environments/*.tfvars"))

_SAMPLE = """
environment        = "sample"
account_id         = "123456789012"
region             = "eu-central-1"
log_retention_days = 30
allowed_origins    = ["https://b.example.com", "https://a.example.com"]

alerts = {
  runbook_url = "https://example.com"
  emails      = ["b@example.com", "a@example.com"]
}

live = {
  schedules = { monday = { quiz_id = "warm-up", cron = "0 9 ? * MON *" } }
}

operations = {
  health = { dead_letters = 0, canary_seconds = null }
  intake = { keep_days = 7 }
}
"""

# What is changed in the sample, and what has to be said of it.
_MISTAKES = {
    "an unknown variable": ("region ", "regionn", 'variable "region" is not set'),
    "an unknown variable beside all": ('"eu-central-1"', '"eu-central-1"\nregions = 1', "regions is not declared"),
    "a variable that was renamed": ("log_retention_days", "protect_data      ", "protect_data is not declared"),
    "an unknown attribute": ("emails ", "email ", "alerts.email is not declared"),
    "an unknown attribute of an object in an object": ("keep_days", "keep_day", "operations.intake.keep_day is not"),
    "an unknown attribute of an object in a map": ("cron", "time = 1, cron", "live.schedules.monday.time is not"),
    "an attribute without which the object is none": ("runbook_url", "runbook", 'attribute "runbook_url" is required'),
    "a word for a number": ("= 30", '= "many"', "a number is required"),
    "a number in quotes": ("= 30", '= "30"', 'log_retention_days is written as "30" and would be taken as 30'),
    "a nested number in quotes": ("keep_days = 7", 'keep_days = "7"', "operations.intake.keep_days is written as"),
    "a number for an account": ('"123456789012"', "123456789012", "account_id is written as 123456789012"),
    "one value for a list": ('["b@example.com", "a@example.com"]', '"a@example.com"', "set of string required"),
    "a list for an object": ("{ keep_days = 7 }", "[7]", '"intake": object required'),
    "a null for what has no default": ('"eu-central-1"', "null", "may not be set to null"),
    "a value that the root refuses": ('"123456789012"', '"1234"', "account_id must have 12 digits."),
    "another environment's name": ('"sample"', '"simple"', 'environment must be "sample", like the file'),
    "a bracket that is missing": ("keep_days = 7 }", "keep_days = 7", "Unclosed configuration block"),
    "a variable that is set twice": ('"eu-central-1"', '"eu-central-1"\nregion = "eu-west-1"', "Attribute redefined"),
}


def _mistakes(folder: Path, text: str) -> tuple[str, ...]:
    file = folder / "sample.tfvars"
    file.write_text(text)
    return tfvars.read(file).mistakes


@pytest.mark.parametrize("file", _ENVIRONMENTS, ids=lambda file: file.stem)
def test_an_environment_is_taken_as_it_is_written(file: Path) -> None:
    assert not tfvars.read(file).mistakes


def test_a_good_file_has_no_mistakes(tmp_path: Path) -> None:
    """Neither the order of a set nor a null for the default is one."""
    assert not _mistakes(tmp_path, _SAMPLE)


@pytest.mark.parametrize(("old", "new", "told"), _MISTAKES.values(), ids=_MISTAKES.keys())
def test_a_mistake_is_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in _SAMPLE
    found = _mistakes(tmp_path, _SAMPLE.replace(old, new, 1))
    assert told in " ".join(found)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = _SAMPLE.replace("= 30", '= "30"').replace("keep_days", "keep_day").replace('"sample"', '"simple"')
    assert len(_mistakes(tmp_path, text)) == 3


def test_settings_are_told_with_the_defaults_of_what_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "sample.tfvars"
    file.write_text(_SAMPLE)
    values = tfvars.read(file).values
    assert values["operations"]["intake"]["keep_days"] == 7
    assert values["operations"]["health"]["canary_seconds"] == 20
    assert values["protection"] == {"data": True, "permissions_boundary": None}
