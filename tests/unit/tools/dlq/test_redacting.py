"""Answers are shown only to whoever asks for them."""

import json

from tools.dlq.redacting import shown


def test_answers_are_hidden_at_any_depth() -> None:
    text = json.dumps({"quiz_id": "q", "answers": {"a": "secret"}, "inner": [{"answer": "secret", "kept": 1}]})
    told = json.loads(shown(text, show_answers=False))
    assert told["quiz_id"] == "q"
    assert told["answers"].startswith("(1 of them, hidden")
    assert told["inner"][0]["kept"] == 1
    assert "secret" not in json.dumps(told)
    assert "secret" in shown(text, show_answers=True)


def test_what_is_no_json_may_be_all_answers() -> None:
    assert "secret" not in shown("secret {", show_answers=False)
    assert shown("secret {", show_answers=True) == "secret {"


def test_a_long_body_is_cut() -> None:
    assert len(shown(json.dumps(["x" * 100] * 1_000), show_answers=True)) < 5_000


def test_nesting_without_end_is_no_error() -> None:
    assert "no JSON" in shown("[" * 100_000, show_answers=False)
