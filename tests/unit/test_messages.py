"""What is sent to a queue arrives as it was, whatever people have written."""

import json
import re

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.messages import text_of

# https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
_TAKEN = re.compile("[\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(_TEXT)
@example("\ufffe\uffff")
@example("\\\ufffe \\uffff \x00\x7f")
def test_sqs_takes_it_and_it_says_the_same(text: str) -> None:
    sent = text_of({text: [text]})
    assert _TAKEN.fullmatch(sent)
    assert json.loads(sent) == {text: [text]}
