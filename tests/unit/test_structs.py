"""Structs are safe to make in threads, from the first one on."""

import msgspec
import pytest

from adapters.structs import to_struct
from tests.unit.subprocesses import run_python

# A switch of threads between any two annotations, where msgspec has read half of them.
_IN_THREADS = """
    import time
    from concurrent.futures import ThreadPoolExecutor
    from msgspec import _utils
    from adapters.structs import to_struct
    from quiz.questions import Quiz

    read = _utils._eval_type

    def slowly(*arguments):
        time.sleep(0.001)
        return read(*arguments)

    def convert(number):
        time.sleep(number * 0.0007)
        return to_struct({"quiz_id": "q", "question_ids": ["a"], "version": 1}, Quiz)

    _utils._eval_type = slowly
    with ThreadPoolExecutor(20) as pool:
        made = [pool.submit(convert, number) for number in range(20)]
        print(len({repr(one.result()) for one in made}))
"""


def test_threads_may_meet_a_class_at_the_same_time() -> None:
    assert run_python(_IN_THREADS) == ["1"]


def test_a_wrong_value_is_refused_every_time() -> None:
    for _ in range(2):
        with pytest.raises(msgspec.ValidationError, match="Expected `int`"):
            to_struct("x", int)
