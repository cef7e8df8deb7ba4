"""What is left out of a request that is kept: secrets, and from where somebody called."""

import re
from collections.abc import Mapping
from urllib.parse import unquote_plus

REDACTED = "[redacted]"

# Parts of names that somebody gives to a secret. Rather one too many: "author" and "keyword" are spared, not "monkey".
_SECRET_NAME = re.compile(
    r"auth(?!or)|authori[sz]|bearer|cookie|credential|csrf|jwt|key(?!board|word)|passphrase|passw|private|pwd|saml"
    r"|secret|session|signature|token|xsrf",
    re.IGNORECASE,
)
# Too short to be looked for inside of others.
_SECRET_NAMES = frozenset({"code", "cred", "creds", "otp", "pass", "pin", "pw", "sid", "sig"})
# A token that somebody has put where none belongs.
_SECRET_VALUE = re.compile(r"\b(?:basic|bearer)\s+\S|\beyJ[\w-]+\.[\w-]+\.", re.IGNORECASE)

# Who calls is told by the token; from which address, and from which page before, need not be known for a month.
_WHEREABOUTS = re.compile(r"(?:^|-)(?:addr|address|forwarded|forwarded-for|from|ip|referer)$")

_PARAMETER = re.compile(r"[^&;]+")


def redacted_query(query: str) -> str:
    """The query as it came, but for the values of parameters that look like secrets."""
    return _PARAMETER.sub(lambda found: _redacted(found.group()), query)


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers without those that look like secrets or tell from where somebody called."""
    return {
        name: value
        for name, value in headers.items()
        if not (_is_secret(name) or _WHEREABOUTS.search(name.lower()) or _SECRET_VALUE.search(value))
    }


def _redacted(parameter: str) -> str:
    name, equals, value = parameter.partition("=")
    if equals and (_is_secret(unquote_plus(name)) or _SECRET_VALUE.search(unquote_plus(value))):
        return f"{name}={REDACTED}"
    return REDACTED if _SECRET_VALUE.search(unquote_plus(parameter)) else parameter


def _is_secret(name: str) -> bool:
    return name.lower() in _SECRET_NAMES or _SECRET_NAME.search(name) is not None
