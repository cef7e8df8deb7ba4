"""Whether the API answers at all."""

from msgspec import Struct

from adapters.gateway.routing import Request, Routes
from quiz import VERSION

routes = Routes()


class Health(Struct, frozen=True):
    """The API is up, and which release it is."""

    status: str
    version: str


@routes("GET", "/health", "Tell whether the API answers", gives=Health, public=True)
def health(request: Request[None]) -> Health:
    """Needs nothing behind it, so that it tells of the API alone."""
    return Health("ok", VERSION)
