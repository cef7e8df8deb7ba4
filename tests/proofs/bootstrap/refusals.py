"""Calls that IAM has to refuse."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

_CODES = {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}


def refused(call: Callable[..., Any], **arguments: Any) -> None:
    """Make the call; any other failure than a refusal is one of the test."""
    with pytest.raises(ClientError) as refusal:
        call(**arguments)
    assert refusal.value.response["Error"]["Code"] in _CODES
