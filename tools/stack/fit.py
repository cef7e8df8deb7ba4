"""Whether the emulator and the state in it fit together.

On a busy machine the emulator drops a connection now and then after it has done what was asked, and the AWS SDK asks
again. AWS knows the second request for the first one's; the emulator refuses it, or does it twice.
"""

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_THERE_ALREADY = re.compile(r"already exists|AlreadyExists|ResourceInUse|ResourceConflict", re.IGNORECASE)


class Unusable(Exception):
    """They no longer fit, and only a new emulator helps."""


def is_unknown_to_the_state(errors: str) -> bool:
    """Whether an apply failed because of something that is there and of which the state does not know."""
    return bool(_THERE_ALREADY.search(errors))


def check_mappings(client: "LambdaClient") -> None:
    """Raise where a function would be given everything twice; AWS refuses a second mapping of the same source."""
    pages = client.get_paginator("list_event_source_mappings").paginate()
    mappings = [mapping for page in pages for mapping in page["EventSourceMappings"]]
    number = Counter((mapping["FunctionArn"], mapping["EventSourceArn"]) for mapping in mappings)
    if doubled := [f"{source} of {function}" for (function, source), times in number.items() if times > 1]:
        raise Unusable("a mapping is there twice: " + ", ".join(doubled))
