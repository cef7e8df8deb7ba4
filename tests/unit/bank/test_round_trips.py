"""What is exported comes back as it was, in every format; and no text whatever stops a reader."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quiz.questions import Question
from tests.unit.bank.strategies import questions, texts
from tools.bank.encodings import decode
from tools.bank.formats import FORMATS
from tools.bank.results import Parsed, Refused

EVERY_FORMAT = pytest.mark.parametrize("name", FORMATS)


@pytest.mark.long
@EVERY_FORMAT
@given(asked=st.lists(questions, max_size=3))
def test_what_is_exported_is_imported_as_it_was(name: str, asked: list[Question]) -> None:
    known = FORMATS[name]
    data = known.write(asked).encode(known.encoding)
    assert [result for result in known.read(decode(data)) if isinstance(result, Refused)] == []
    assert [result.question for result in known.read(decode(data)) if isinstance(result, Parsed)] == asked


@EVERY_FORMAT
@given(text=st.text() | st.lists(texts).map("".join))
@example("[" * 100_000)
@example("<quiz>" + "<question>" * 10_000)
@example("{" + "~" * 10_000)
@example("// " + "[a:" * 10_000 + "\nWhat?{T}")
@example("// " + "[a:" + "\\" * 10_001 + "\nWhat?{T}")
@example("type,text\n" + '"' * 9_999)
def test_no_text_stops_a_reader(name: str, text: str) -> None:
    for result in FORMATS[name].read(text):
        assert result.line >= 1
        if isinstance(result, Refused):
            assert result.reason
