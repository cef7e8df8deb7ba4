"""What is deleted is in a file before, and nothing else is deleted."""

import json
from contextlib import suppress

import pytest

from tests.proofs.dead_letters.conftest import Dlq
from tests.proofs.dead_letters.school import School
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Calls, Crash
from tests.unit.builders import body
from tools.submit.messages import read

Said = pytest.CaptureFixture[str]


def test_only_what_is_asked_for_is_deleted_and_all_of_it_kept(school: School, dlq: Dlq, capsys: Said) -> None:
    school.give_up_on("ann", correlation_id="c-1")
    for name in ("bea", "cem"):
        school.post(name, quiz_id="geo")
    assert dlq("purge", "submissions", "--code", "none", "--yes") == 0
    assert school.depth("submissions-dlq") == (2, 0)
    [file] = school.place.home.glob("purged-submissions-*.jsonl")
    [kept] = map(json.loads, file.read_text().splitlines())
    assert kept["body"] == body(student_id="ann", submission_id="attempt-1")
    assert kept["group"] == "ann"
    assert kept["attributes"]["correlation_id"]["StringValue"] == "c-1"
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(file) in capsys.readouterr().out


def test_what_was_kept_can_be_posted_again(school: School, dlq: Dlq) -> None:
    school.give_up_on("ann")
    dlq("purge", "submissions", "--all", "--yes")
    [file] = school.place.home.glob("purged-submissions-*.jsonl")
    posted = school.place.home / "again.jsonl"
    posted.write_text("".join(f"{json.loads(line)['body']}\n" for line in file.read_text().splitlines()))
    [message], refused = read(posted)
    assert (message.group, refused) == ("ann", [])


def test_a_dry_run_deletes_nothing(school: School, dlq: Dlq, capsys: Said) -> None:
    school.give_up_on("ann")
    assert dlq("purge", "submissions", "--all", "--dry-run") == 0
    assert "would delete: 1 (1 none) of 1 seen" in capsys.readouterr().out
    assert school.depth("submissions-dlq") == (1, 0)
    assert not list(school.place.home.glob("purged-*"))


def test_nothing_is_deleted_before_it_is_kept(school: School, dlq: Dlq, calls: Calls) -> None:
    for number in range(12):
        school.give_up_on(f"student-{number}")
    for number in range(20):
        with calls.crashing(Crash(number)), suppress(Killed):
            dlq("purge", "submissions", "--all", "--yes")
        left = sum(school.depth("submissions-dlq"))
        kept = {
            json.loads(line)["group"]
            for file in school.place.home.glob("purged-*")
            for line in file.read_text().splitlines()
        }
        assert left + len(kept) >= 12
