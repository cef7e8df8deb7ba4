"""Whoever looks into a box leaves everything as it was, and sees what is there."""

import json
import time
from contextlib import suppress
from itertools import count

import pytest

from tests.proofs.dead_letters.conftest import Dlq
from tests.proofs.dead_letters.place import Place
from tests.proofs.dead_letters.school import School
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Calls, Crash
from tools.dlq import boxes

Said = pytest.CaptureFixture[str]


@pytest.fixture
def mixed(school: School) -> School:
    """Three that the queue gave up on, two for a quiz that is not there, one that is no JSON."""
    for name in ("ann", "bea", "cem"):
        school.give_up_on(name)
    for name in ("dan", "eve"):
        school.post(name, quiz_id="geo")
    school.post("fay", text="no [bold]JSON\x9b2J")
    return school


def test_everything_is_counted_and_can_be_seen_again(mixed: School, dlq: Dlq, capsys: Said) -> None:
    assert dlq("peek", "submissions") == 0
    said = capsys.readouterr().out
    rows = [line.split()[:3] for line in said.splitlines()]
    for row in (["none", "3", "3"], ["unknown_quiz", "2", "2"], ["malformed_json", "1", "1"]):
        assert row in rows
    assert "there is no quiz 'geo'" in said
    assert "seen 6 of about 6" in said
    assert mixed.depth("submissions-dlq") == (6, 0)


def test_only_some_are_looked_at_if_so_wanted(mixed: School, dlq: Dlq, capsys: Said) -> None:
    dlq("peek", "submissions", "--most", "2")
    assert "seen 2 of about 6" in capsys.readouterr().out
    assert mixed.depth("submissions-dlq") == (6, 0)


def test_what_stands_behind_others_of_the_same_student_is_told_of(school: School, dlq: Dlq, capsys: Said) -> None:
    for number in range(25):
        school.give_up_on("ann", number)
    dlq("peek", "submissions")
    said = capsys.readouterr().out
    assert "seen 10 of about 25" in said
    assert "of one student SQS shows the first 10 only" in said
    assert school.depth("submissions-dlq") == (25, 0)


def test_what_somebody_else_holds_is_told_of(mixed: School, dlq: Dlq, capsys: Said) -> None:
    mixed.receive("submissions-dlq")
    dlq("peek", "submissions")
    assert "nothing to see (about 6 were in somebody's hands" in capsys.readouterr().out


def test_one_code_shows_each_of_its_messages(mixed: School, dlq: Dlq, capsys: Said) -> None:
    dlq("peek", "submissions", "--group", "unknown_quiz")
    said = capsys.readouterr().out
    assert [line.split()[3] for line in said.splitlines()] == ["dan", "eve"]
    assert dlq("peek", "submissions", "--group", "unknown") == 2
    assert "there is: none, unknown_quiz, malformed_json" in capsys.readouterr().err


def test_who_is_killed_while_looking_hides_the_messages_only_for_a_while(
    mixed: School, dlq: Dlq, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(boxes, "HIDDEN_SECONDS", 1)
    for number in count():
        with calls.crashing(Crash(number)) as crash, suppress(Killed):
            dlq("peek", "submissions")
        assert sum(mixed.depth("submissions-dlq")) == 6
        if not crash.dead:
            break
        time.sleep(1.1)
        assert mixed.depth("submissions-dlq") == (6, 0)
    assert crash.names == ["GetQueueAttributes", "ReceiveMessage", "ReceiveMessage", "ChangeMessageVisibilityBatch"]
    assert mixed.depth("submissions-dlq") == (6, 0)


def test_each_code_is_explained_with_what_would_happen_now(mixed: School, dlq: Dlq, capsys: Said) -> None:
    assert dlq("explain", "submissions") == 0
    said = capsys.readouterr().out
    assert "No quiz has this id." in said
    assert "2 would be refused again (unknown_quiz)" in said
    assert "3 would be scored now" in said
    assert "python -m tools.dlq redrive submissions --code none --env local" in said
    mixed.place.publish("geo")
    dlq("explain", "submissions")
    assert "2 would be scored now" in capsys.readouterr().out


def test_what_is_stored_already_is_known(school: School, dlq: Dlq, capsys: Said) -> None:
    school.post("ann")
    school.give_up_on("ann")
    school.post("ann", answers={"q1": False})
    dlq("explain", "submissions")
    said = capsys.readouterr().out
    assert "1 is stored already; sent again it changes nothing" in said
    assert "1 would be refused again (conflicting_submission)" in said


def test_a_message_is_opened_without_its_answers(school: School, dlq: Dlq, capsys: Said) -> None:
    message_id = school.give_up_on("ann", text=json.dumps({"answers": {"q1": "secret"}}), correlation_id="c-1")
    assert dlq("explain", "submissions", "--id", message_id) == 0
    said = capsys.readouterr().out
    assert "secret" not in said
    assert "correlation_id c-1" in said
    assert "would be refused again (invalid_input: " in said
    dlq("explain", "submissions", "--id", message_id, "--show-answers")
    assert "secret" in capsys.readouterr().out


def test_a_message_cannot_paint_on_the_screen(mixed: School, dlq: Dlq, capsys: Said) -> None:
    dlq("peek", "submissions", "--group", "malformed_json")
    message_id = capsys.readouterr().out.split()[0]
    dlq("explain", "submissions", "--id", message_id)
    assert "no JSON, 16 characters" in capsys.readouterr().out
    dlq("explain", "submissions", "--id", message_id, "--show-answers")
    assert "no [bold]JSON\N{REPLACEMENT CHARACTER}2J" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("peek", "sumbissions"), "no dead-letter queue 'sumbissions' (there is: control, stream, submissions"),
        (("peek", "submissions", "--env", "prodution"), "no environments/prodution.tfvars (there is: "),
        (("explain", "submissions", "--id", "absent"), "no letter absent among the 0"),
        (("purge", "submissions"), "--code CODE, or --all"),
        (("purge", "submissions", "--all", "--code", "none"), "--code CODE, or --all"),
        (("redrive", "submissions", "--edit", "quiz"), "'quiz' is neither NAME=TEXT nor NAME:=JSON"),
        (("redrive", "submissions", "--edit", "quiz:=x"), "what follows := is no JSON"),
        (("redrive", "submissions", "--edit-file", "absent.json"), "absent.json"),
        (("redrive", "triggers", "--edit", "game_id=1"), "only submissions can be corrected"),
    ],
)
def test_what_makes_no_sense_is_said(
    place: Place, dlq: Dlq, capsys: Said, arguments: tuple[str, ...], problem: str
) -> None:
    assert dlq(*arguments) == 2
    assert problem in capsys.readouterr().err
