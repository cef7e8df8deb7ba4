"""`tools/dlq` and `tools/doctor` on the local stack, as somebody on call would use them."""

import json

import pytest

from tests.stack.support import Stack, eventually, new_id, submission
from tools.dlq.__main__ import main as dlq
from tools.doctor.__main__ import main as doctor

Said = pytest.CaptureFixture[str]


def test_a_submission_for_a_wrong_quiz_is_found_corrected_and_scored(stack: Stack, capsys: Said) -> None:
    student = new_id("student")
    stack.post(submission(student, quiz_id="no-such-quiz"), student)

    def peek() -> str:
        assert dlq(["peek", "submissions", "--group", "unknown_quiz"]) in (0, 2)
        return capsys.readouterr().out

    line = eventually(lambda: next((one for one in peek().splitlines() if student in one), ""))
    assert dlq(["explain", "submissions", "--id", line.split()[0]]) == 0
    said = capsys.readouterr().out
    assert "would be refused again (unknown_quiz: there is no quiz 'no-such-quiz')" in said
    assert '"b"' not in said
    edit = f"quiz_id={submission(student)['quiz_id']}"
    assert dlq(["redrive", "submissions", "--student", student, "--edit", edit, "--yes"]) == 0
    [result] = eventually(lambda: stack.results(student))
    assert result["quiz_id"] == submission(student)["quiz_id"]


def test_the_doctor_can_look_at_everything(stack: Stack, capsys: Said) -> None:
    assert doctor(["local", "--json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    assert told["seconds"] < 20
    unknown = [area for area in told["areas"] if area["summary"] == "nothing is known"]
    assert not unknown
    assert not [problem for problem in told["problems"] if "could not be looked at" in problem["what"]]
