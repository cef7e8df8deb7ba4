"""Files that others wrote, and what they took them for: read where the shared fixtures are, never copied."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from quiz.keys import Matching, MultipleChoice, Numeric, NumericAnswer, ShortText, SingleChoice, TextAnswer, TrueFalse
from quiz.questions import Question
from tools.bank.formats import gift
from tools.bank.results import Parsed
from tools.paths import ROOT

GOLDEN = Path(ROOT).parent / "shared" / "fixtures" / "gift"
NAMES = sorted(path.stem for path in GOLDEN.glob("*.gift"))
Golden = dict[str, Any]
_ABSENT = "the golden GIFT files are not beside this checkout: ../shared/fixtures/gift"
pytestmark = pytest.mark.skipif(not NAMES, reason=_ABSENT)


def test_there_are_golden_files() -> None:
    assert len(NAMES) >= 20


@pytest.mark.parametrize("name", NAMES or ["none"])
def test_a_file_says_what_its_golden_parse_says(name: str) -> None:
    golden = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    listed = [one for one in (golden if isinstance(golden, list) else [golden]) if one["type"] != "Category"]
    results = gift.read((GOLDEN / f"{name}.gift").read_text("utf-8"))
    assert len(results) == len(listed)
    for result, one in zip(results, listed, strict=True):
        if isinstance(result, Parsed):
            assert _refusal(one) is None
            _compare(result.question, one)
        else:
            assert result.reason.partition(":")[0] == _refusal(one)


def _refusal(golden: Golden) -> str | None:
    """Why there is no key for this question; None where there is one."""
    if golden["type"] in ("Essay", "Description"):
        return str(golden["type"]).lower()
    choices = golden.get("choices")
    # What no answer matched, with a comment on it, stands in the golden parse as an answer of *.
    wild = isinstance(choices, list) and any(choice["text"].get("text") == "*" for choice in choices)
    return "wildcard" if wild and golden["type"] in ("Short", "Numerical") else None


def _compare(question: Question, golden: Golden) -> None:
    assert _plain(question.text) == _plain(golden["stem"]["text"])
    assert question.text_format == golden["stem"]["format"]
    assert question.title == (golden["title"] or "")
    assert _plain(question.explanation) == _text(golden.get("globalFeedback"))
    assert list(question.tags) == (golden["tags"] or [] if "tags" in golden else [])
    if golden.get("id"):
        assert question.question_id == golden["id"]
    _COMPARE[golden["type"]](question, golden)


def _compare_choices(question: Question, golden: Golden) -> None:
    choices, key = golden["choices"], question.key
    assert [_plain(option.text) for option in question.options] == [_text(choice["text"]) for choice in choices]
    assert isinstance(key, SingleChoice | MultipleChoice)
    worth = {choice_id: _share(choice) for choice_id, choice in zip("abcdefgh", choices, strict=False)}
    right = [option for option, choice in zip("abcdefgh", choices, strict=False) if choice["isCorrect"]]
    if isinstance(key, SingleChoice):
        assert key.correct == right[0]
        assert key.partial == {option: share for option, share in worth.items() if share and option != right[0]}
    else:
        assert not right
        assert key.weights == {option: share for option, share in worth.items() if share}
        assert key.correct == tuple(option for option, share in worth.items() if share > 0)
    feedback = {option: _text(choice["feedback"]) for option, choice in zip("abcdefgh", choices, strict=False)}
    assert {option: _plain(said) for option, said in key.feedback.items()} == {o: f for o, f in feedback.items() if f}


def _compare_truth(question: Question, golden: Golden) -> None:
    # In the golden parse, the first comment is the "true" one, whatever is right; to Moodle it answers a wrong answer.
    right, wrong = _text(golden["falseFeedback"]), _text(golden["trueFeedback"])
    assert question.key == TrueFalse(correct=golden["isTrue"], if_right=right, if_wrong=wrong)


def _compare_short(question: Question, golden: Golden) -> None:
    assert question.key == ShortText(
        accepted=tuple(
            TextAnswer(_text(choice["text"]), _share(choice), _text(choice["feedback"])) for choice in golden["choices"]
        )
    )


def _compare_numbers(question: Question, golden: Golden) -> None:
    choices = golden["choices"]
    if isinstance(choices, dict):
        choices = [{"text": choices, "isCorrect": True, "weight": None, "feedback": None}]
    assert isinstance(question.key, Numeric)
    for accepted, choice in zip(question.key.accepted, choices, strict=True):
        wanted = NumericAnswer(
            value=Decimal(str(choice["text"]["number"])),
            tolerance=Decimal(str(choice["text"].get("range", 0))),
            credit=_share(choice),
            feedback=accepted.feedback,
        )
        assert accepted == wanted
        assert _plain(accepted.feedback) == _text(choice["feedback"])


def _compare_pairs(question: Question, golden: Golden) -> None:
    assert isinstance(question.key, Matching)
    found = [(option.text, question.key.pairs[option.id]) for option in question.options]
    assert found == [(pair["subquestion"]["text"], pair["subanswer"]) for pair in golden["matchPairs"]]


_COMPARE = {
    "MC": _compare_choices,
    "TF": _compare_truth,
    "Short": _compare_short,
    "Numerical": _compare_numbers,
    "Matching": _compare_pairs,
}


def _share(choice: Golden) -> Decimal:
    return Decimal(int(choice["isCorrect"])) if choice["weight"] is None else Decimal(choice["weight"]) / 100


def _text(formatted: Golden | None) -> str:
    return _plain(formatted["text"]) if formatted else ""


def _plain(text: str) -> str:
    """The golden parses join lines with spaces, and put one behind a blank; Moodle keeps both as they were typed."""
    return " ".join(text.split()).replace("_____ ", "_____")
