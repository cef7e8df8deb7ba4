"""Read Moodle XML."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tools.bank import answers as keys
from tools.bank.answers import Answer, Fields
from tools.bank.formats.gift.blocks import CATEGORY, NO_CATEGORY, category
from tools.bank.formats.moodle_xml.tree import Element, children_of_root
from tools.bank.formats.wildcards import without_wildcards
from tools.bank.numerals import NUMBER, from_percent
from tools.bank.results import Refusal, Refused, Result, finish

FORMATS = {"html": "html", "moodle_auto_format": "moodle", "plain_text": "plain", "markdown": "markdown"}
_UNSCORED = {"essay": "it has no key to score by", "description": "it asks nothing"}


def read(text: str) -> list[Result]:
    """Every question of the file."""
    results: list[Result] = []
    current = NO_CATEGORY
    for element in children_of_root(text, "quiz"):
        if isinstance(element, Refused):
            results.append(element)
        elif element.name != "question":
            results.append(Refused(element.line, f"<{element.name[:50]}> is no question"))
        elif element.attributes.get("type") == "category":
            current = category_of(element)
        else:
            results.append(_read_question(element, current))
    return results


def category_of(element: Element) -> str:
    """The category that the questions after this element are in."""
    return category(f"{CATEGORY} {element.get('category', 'text').text}")


def _read_question(element: Element, current: str) -> Result:
    try:
        return finish(fields(element, current), element.line)
    except Refusal as refusal:
        return Refused(element.line, str(refusal))


def fields(element: Element, current: str) -> Fields:
    """The fields of one question."""
    kind = element.attributes.get("type", "")
    if kind in _UNSCORED:
        raise Refusal(f"{kind}: {_UNSCORED[kind]}")
    if kind not in _KEYS:
        raise Refusal(f"{kind[:50] or 'no type'}: a type of question that the bank does not know")
    if _holds_files(element):
        raise Refusal("files: pictures and the like inside the question; upload them with POST /media")
    text_format = element.get("questiontext").attributes.get("format", "html").strip()
    said: Fields = {
        "text": element.get("questiontext", "text").text,
        "text_format": FORMATS.get(text_format, "html"),
        "title": element.get("name", "text").text,
        "explanation": element.get("generalfeedback", "text").text,
        "tags": [tag.get("text").text for tag in element.get("tags").all("tag")],
        "category": current,
        **_KEYS[kind](element),
    }
    optional: dict[str, Any] = {
        "question_id": element.get("idnumber").text,
        "points": element.get("defaultgrade").text and _number(element.get("defaultgrade").text),
        "exact": element.get("exact").text,
    }
    return {**said, **{name: value for name, value in optional.items() if value not in ("", None)}}


def _holds_files(element: Element) -> bool:
    waiting = [element]
    while waiting:
        looked_at = waiting.pop()
        if looked_at.name in ("file", "image_base64"):
            return True
        waiting += looked_at.children
    return False


def _multichoice(element: Element) -> Fields:
    single = element.get("single").text.lower() not in ("false", "0")
    answers = [_answer(answer) for answer in element.all("answer")]
    ids = keys.option_ids(len(answers))
    key = keys.single_choice(answers, ids) if single else keys.multiple_choice(answers, ids)
    return {"key": key, "options": keys.options([answer.text for answer in answers], ids)}


def _truefalse(element: Element) -> Fields:
    answers = [_answer(answer) for answer in element.all("answer")]
    if len(answers) != 2 or answers[0].right == answers[1].right:
        raise Refusal("truefalse: it needs two answers, one of them worth 100")
    # Old exports are in the language of their site, the true answer first.
    true = answers[1] if answers[0].text.lower() == "false" else answers[0]
    false = answers[0] if true is answers[1] else answers[1]
    right, wrong = (true, false) if true.right else (false, true)
    key = {"type": "true_false", "correct": true.right, "if_right": right.feedback, "if_wrong": wrong.feedback}
    return {"key": key}


def _shortanswer(element: Element) -> Fields:
    accepted = [
        {"text": without_wildcards(answer.text), "credit": answer.credit or Decimal(0), "feedback": answer.feedback}
        for answer in map(_answer, element.all("answer"))
    ]
    case_sensitive = element.get("usecase").text in ("1", "true")
    return {"key": {"type": "short_text", "accepted": accepted, "case_sensitive": case_sensitive}}


def _numerical(element: Element) -> Fields:
    if any(element.get("units").all("unit")):
        raise Refusal("units: answers here are numbers alone")
    accepted = []
    for written in element.all("answer"):
        answer = _answer(written)
        # Moodle writes the tolerance beside the text; together they are what GIFT writes with a colon.
        numbers = keys.numeric_answer(f"{answer.text}:{written.get('tolerance').text or 0}")
        accepted.append({**numbers, "credit": answer.credit or Decimal(0), "feedback": answer.feedback})
    return {"key": {"type": "numeric", "accepted": accepted}}


def _matching(element: Element) -> Fields:
    pairs = [(pair.get("text").text, pair.get("answer", "text").text) for pair in element.all("subquestion")]
    return keys.matching(pairs)


def _ordering(element: Element) -> Fields:
    grading = element.get("gradingtype").text or "ALL_OR_NOTHING"
    items = [answer.get("text").text for answer in element.all("answer")]
    return keys.ordering(items, "exact" if grading in ("ALL_OR_NOTHING", "-1") else "per_position")


def _answer(element: Element) -> Answer:
    fraction = _number(element.attributes.get("fraction", "0"))
    credit = from_percent(f"{fraction:f}") if fraction else None
    return Answer(element.get("text").text, credit, element.get("feedback", "text").text, right=fraction == 100)


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text.strip()):
        raise Refusal(f"not a number: {text[:50]!r}")
    return Decimal(text.strip())


_KEYS: dict[str, Callable[[Element], Fields]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
}
