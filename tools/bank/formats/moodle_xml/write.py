"""Write Moodle XML. What Moodle has no element for stands in one of our own, which it passes over."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from quiz.keys import Matching, MultipleChoice, Numeric, NumericAnswer, Ordering, ShortText, SingleChoice, TrueFalse
from quiz.questions import Question
from tools.bank import answers as keys
from tools.bank.exact import lost
from tools.bank.formats.gift.blocks import NO_CATEGORY
from tools.bank.formats.moodle_xml.markup import element, element_of, plain_element, text_element
from tools.bank.formats.moodle_xml.read import FORMATS, category_of, fields
from tools.bank.formats.wildcards import as_pattern
from tools.bank.numerals import middle, part_of, percent, plain_number

_NAMES = {ours: moodles for moodles, ours in FORMATS.items()}
_TYPES = {
    SingleChoice: "multichoice",
    MultipleChoice: "multichoice",
    TrueFalse: "truefalse",
    Numeric: "numerical",
    ShortText: "shortanswer",
    Ordering: "ordering",
    Matching: "matching",
}


def write(questions: Iterable[Question]) -> str:
    """Each question, and its category where that changes."""
    written = ['<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    current = NO_CATEGORY
    for question in questions:
        heading = element("question", text_element("category", f"$course$/top/{question.category}"), type="category")
        if question.category != current and category_of(element_of(heading)) == question.category:
            current = question.category
            written.append(heading)
        written.append(_question(question, current))
    return "".join([*written, "</quiz>\n"])


def _question(question: Question, current: str) -> str:
    kind = _TYPES[type(question.key)]
    inside = "".join(_parts(question))
    kept = lost(fields(element_of(element("question", inside, type=kind)), current), question)
    return element("question", inside + (plain_element("exact", kept) if kept else ""), type=kind)


def _parts(question: Question) -> Iterator[str]:
    text_format = _NAMES[question.text_format]
    yield text_element("name", question.title)
    yield text_element("questiontext", question.text, format=text_format)
    yield text_element("generalfeedback", question.explanation, format=text_format)
    yield element("defaultgrade", plain_number(question.points))
    yield plain_element("idnumber", question.question_id)
    yield from _answers(question)
    yield element("tags", "".join(text_element("tag", tag) for tag in question.tags))


def _answers(question: Question) -> Iterator[str]:
    match question.key:
        case SingleChoice() | MultipleChoice():
            yield element("single", str(isinstance(question.key, SingleChoice)).lower())
            yield from _choices(question, question.key)
        case TrueFalse(correct, if_right, if_wrong):
            right, wrong = (Decimal(1), if_right), (Decimal(0), if_wrong)
            yield _answer(question, "true", *(right if correct else wrong))
            yield _answer(question, "false", *(wrong if correct else right))
        case Numeric(accepted):
            yield from (_number(question, number) for number in accepted)
        case ShortText(accepted, case_sensitive):
            yield element("usecase", str(int(case_sensitive)))
            yield from (_answer(question, as_pattern(a.text), a.credit, a.feedback) for a in accepted)
        case Ordering():
            yield from _ordered(question, question.key)
        case Matching():
            yield from _pairs(question, question.key)


def _choices(question: Question, key: SingleChoice | MultipleChoice) -> Iterator[str]:
    for option in question.options:
        if isinstance(key, SingleChoice):
            credit = Decimal(1) if option.id == key.correct else key.partial.get(option.id, Decimal(0))
        elif key.partial_credit == "weighted":
            credit = key.weights.get(option.id, Decimal(0))
        else:
            credit = part_of(len(key.correct)) / 100 if option.id in key.correct else Decimal(-1)
        yield _answer(question, option.text, credit, key.feedback.get(option.id, ""))


def _ordered(question: Question, key: Ordering) -> Iterator[str]:
    text = keys.text_of(question)
    grading = "ABSOLUTE_POSITION" if key.partial_credit == "per_position" else "ALL_OR_NOTHING"
    yield "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n"
    yield f"<selectcount>{len(text)}</selectcount>\n<gradingtype>{grading}</gradingtype>\n"
    for place, option in enumerate(key.order, start=1):
        yield _answer(question, text[option], Decimal(place) / 100, "")


def _number(question: Question, number: NumericAnswer) -> str:
    value, tolerance = number.value, number.tolerance
    if number.minimum is not None and number.maximum is not None:
        value, tolerance = middle(number.minimum, number.maximum)
    beside = element("tolerance", plain_number(tolerance))
    return _answer(question, plain_number(value or Decimal(0)), number.credit, number.feedback, beside)


def _answer(question: Question, text: str, credit: Decimal, feedback: str, beside: str = "") -> str:
    text_format = _NAMES[question.text_format]
    said = text_element("feedback", feedback, format=text_format) if feedback else ""
    return text_element("answer", text, beside + said, fraction=percent(credit), format=text_format)


def _pairs(question: Question, key: Matching) -> Iterator[str]:
    yield element("shuffleanswers", "true")
    text_format = _NAMES[question.text_format]
    known = [(option.text, key.pairs[option.id]) for option in question.options if option.id in key.pairs]
    for prompt, match in (*known, *(("", distractor) for distractor in key.distractors)):
        yield text_element("subquestion", prompt, text_element("answer", match), format=text_format)
