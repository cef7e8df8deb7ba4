"""When Python looks for garbage, once a function has started (until then: `handlers/__init__.py`)."""

import gc
from functools import cache

# A batch of ten leaves some hundred objects that only a search finds.
_OBJECTS = 5_000


@cache
def settle() -> None:
    """What is there after the first invocation stays, and is not searched again; what later ones leave is soon gone."""
    gc.freeze()
    gc.set_threshold(_OBJECTS)
