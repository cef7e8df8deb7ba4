"""Plain values into structs, from however many threads."""

from threading import Lock
from typing import Any, TypeVar

import msgspec

Model = TypeVar("Model")

_lock = Lock()
_known: set[type] = set()


def to_struct(values: Any, model: type[Model]) -> Model:
    """The struct, or a ValidationError that says what is wrong.

    msgspec reads the annotations of a class when it first meets it, and a second thread that comes meanwhile takes
    what is half read: the process ends with a segmentation fault. So the first to come reads them alone.
    """
    if model not in _known:
        with _lock:
            msgspec.json.Decoder(model)
            _known.add(model)
    return msgspec.convert(values, model)
