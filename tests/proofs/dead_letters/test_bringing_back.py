"""Submissions go back as they came, in their order, without the reason; who is corrected is checked first."""

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient

from tests.proofs.dead_letters.conftest import Dlq
from tests.proofs.dead_letters.school import School
from tests.unit.builders import body

Said = pytest.CaptureFixture[str]


def _queued(school: School) -> list[Any]:
    found = school.receive("submissions")
    return [(one["Attributes"]["MessageGroupId"], json.loads(one["Body"]).get("submission_id")) for one in found]


def test_everything_goes_back_and_is_scored(school: School, dlq: Dlq, capsys: Said) -> None:
    for number in range(23):
        school.give_up_on(f"student-{number}")
    assert dlq("redrive", "submissions", "--yes") == 0
    assert "brought back: 23" in capsys.readouterr().out
    assert school.depth("submissions-dlq") == (0, 0)
    school.work()
    assert len(school.stored()) == 23


def test_a_student_with_many_gets_all_of_them_back_in_their_order(school: School, dlq: Dlq) -> None:
    for number in range(25):
        school.give_up_on("ann", number)
    school.give_up_on("bea")
    dlq("redrive", "submissions", "--yes")
    order = [number for student, number in _queued(school) if student == "ann"]
    assert order == [f"attempt-{number}" for number in range(len(order))]
    assert school.depth("submissions-dlq") == (0, 0)
    assert sum(school.depth("submissions")) == 26


def test_a_message_keeps_its_group_and_what_ties_its_logs_together(school: School, dlq: Dlq) -> None:
    school.give_up_on("ann", correlation_id="c-1", error_code="unknown_quiz", error_message="?", sender_id="AIDA")
    dlq("redrive", "submissions", "--yes")
    [message] = school.receive("submissions")
    assert message["Attributes"]["MessageGroupId"] == "ann"
    assert {name: value["StringValue"] for name, value in message["MessageAttributes"].items()} == {
        "correlation_id": "c-1"
    }


def test_only_what_is_asked_for_goes_back(school: School, dlq: Dlq, capsys: Said) -> None:
    school.give_up_on("ann")
    for name in ("bea", "cem"):
        school.post(name, quiz_id="geo")
    school.post("dan", text="{")
    school.place.publish("geo")
    assert dlq("redrive", "submissions", "--code", "unknown_quiz", "--student", "bea", "--yes") == 0
    assert "brought back: 1, 3 left alone" in capsys.readouterr().out
    assert dlq("redrive", "submissions", "--code", "unknown_quiz", "--code", "none", "--yes") == 0
    assert school.depth("submissions-dlq") == (1, 0)
    school.work()
    assert [student for student, _ in school.stored()] == ["ann", "bea", "cem"]


def test_a_trial_with_one_leaves_the_others(school: School, dlq: Dlq, capsys: Said) -> None:
    for name in ("ann", "bea", "cem"):
        school.give_up_on(name)
    assert dlq("redrive", "submissions", "--most", "1", "--yes") == 0
    assert "brought back: 1" in capsys.readouterr().out
    assert school.depth("submissions-dlq") == (2, 0)


def test_what_fails_again_at_once_is_left_and_told_of(
    school: School, dlq: Dlq, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        school.post(f"student-{number}", quiz_id="geo")
    # GIVEN a function that is faster than the tool
    make: Any = BaseClient._make_api_call  # type: ignore[attr-defined]

    def overtaken(client: Any, operation: str, arguments: Any) -> Any:
        answer = make(client, operation, arguments)
        if operation == "SendMessageBatch":
            school.work()
        return answer

    monkeypatch.setattr(BaseClient, "_make_api_call", overtaken)
    assert dlq("redrive", "submissions", "--yes") == 1
    said = capsys.readouterr().out
    assert "brought back: 30" in said
    assert "failed again at once: 30, unknown_quiz" in said
    assert school.depth("submissions-dlq") == (30, 0)


def test_a_wrong_quiz_is_corrected(school: School, dlq: Dlq) -> None:
    school.post("ann", quiz_id="quizz", answers={"q1": 0.1000000000000000055511151231257827})
    school.post("ann", number=2, quiz_id="quizz")
    assert dlq("redrive", "submissions", "--edit", "quiz_id=quiz", "--yes") == 0
    [first, second] = school.receive("submissions")
    assert json.loads(first["Body"])["quiz_id"] == json.loads(second["Body"])["quiz_id"] == "quiz"


def test_numbers_that_are_not_touched_keep_their_spelling(school: School, dlq: Dlq) -> None:
    number = "0.10000000000000000555111512312578270211815834045410156250"
    school.post("ann", text=body(quiz_id="quizz").replace("true", number))
    dlq("redrive", "submissions", "--edit", "quiz_id=quiz", "--yes")
    [message] = school.receive("submissions")
    assert number in message["Body"]


def test_a_correction_may_be_a_merge_patch(school: School, dlq: Dlq, tmp_path: Path) -> None:
    school.post("ann", text=body(grade="A", answers={"q1": True, "q9": 1}))
    patch = tmp_path / "patch.json"
    patch.write_text(json.dumps({"grade": None, "answers": {"q9": None}, "student_id": "anna"}))
    dlq("redrive", "submissions", "--edit-file", str(patch), "--yes")
    [message] = school.receive("submissions")
    assert json.loads(message["Body"]) == json.loads(body(student_id="anna"))
    assert message["Attributes"]["MessageGroupId"] == "anna"


def test_what_is_still_wrong_stays_with_the_reason(school: School, dlq: Dlq, capsys: Said) -> None:
    school.post("ann", quiz_id="geo")
    school.post("bea", text="no JSON")
    school.post("cem", text="[]")
    assert dlq("redrive", "submissions", "--edit", "quiz_id:=7", "--yes") == 1
    said = capsys.readouterr().out
    assert "brought back: 0" in said
    assert "stayed: 1, invalid_input: Expected `str`, got `int` - at `$.quiz_id`" in said
    assert "stayed: 1, malformed_json: what is no JSON" in said
    assert "stayed: 1, invalid_input: only a JSON object" in said
    assert school.depth("submissions-dlq") == (3, 0)


def test_a_dry_run_changes_nothing(school: School, dlq: Dlq, capsys: Said) -> None:
    school.post("ann", quiz_id="geo")
    school.post("bea", text="no JSON")
    for more in ((), ("--yes",)):
        assert dlq("redrive", "submissions", "--edit", "quiz_id=quiz", "--dry-run", *more) == 1
    said = capsys.readouterr().out
    assert "would bring back: 1 (1 unknown_quiz) of 2 seen of about 2" in said
    assert "would stay: 1, malformed_json" in said
    assert school.depth("submissions-dlq") == (2, 0)
    assert school.depth("submissions") == (0, 0)
    assert not (school.place.home / "dlq-audit.jsonl").exists()


@pytest.mark.parametrize(("answer", "code"), [("local", 0), ("yes", 1), (None, 1)])
def test_somebody_at_a_terminal_is_asked(
    school: School, dlq: Dlq, monkeypatch: pytest.MonkeyPatch, answer: str | None, code: int
) -> None:
    def asked(question: str) -> str:
        assert question == "Type local to bring back 1: "
        if answer is None:
            raise EOFError
        return answer

    school.give_up_on("ann")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", asked)
    assert dlq("redrive", "submissions") == code
    assert school.depth("submissions-dlq") == (code, 0)


def test_without_a_terminal_nothing_is_done_unasked(school: School, dlq: Dlq, capsys: Said) -> None:
    school.give_up_on("ann")
    assert dlq("redrive", "submissions") == 2
    assert "add --yes" in capsys.readouterr().err
    assert school.depth("submissions-dlq") == (1, 0)


def test_it_is_written_down_who_did_what(school: School, dlq: Dlq, capsys: Said) -> None:
    school.give_up_on("ann")
    dlq("redrive", "submissions", "--code", "none", "--yes")
    file = school.place.home / "dlq-audit.jsonl"
    began, ended = map(json.loads, file.read_text().splitlines())
    assert began["event"], ended["event"] == ("began", "ended")
    assert began["run"] == ended["run"]
    assert ended["who"].startswith("arn:aws:")
    assert (ended["environment"], ended["box"], ended["command"]) == ("local", "submissions", "redrive")
    assert (ended["asked"], ended["seen"], ended["done"]) == ({"code": ["none"]}, 1, 1)
    assert json.dumps(ended) in capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600


def test_triggers_go_back_without_groups(school: School, dlq: Dlq) -> None:
    for number in range(12):
        school.place.sqs.send_message(
            QueueUrl=school.place.queues["triggers-dlq"], MessageBody=f'{{"number": {number}}}'
        )
    assert dlq("redrive", "triggers", "--yes") == 0
    assert school.depth("triggers-dlq") == (0, 0)
    assert school.depth("triggers") == (12, 0)
