"""The assumptions, and what the Terraform files say of functions."""

import re
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from tools.paths import ROOT

_FILE = Path(__file__).parent / "assumptions.toml"
_FUNCTION = re.compile(r'^module "\w+" \{\n  source\s+= "\.\./function"\n(.*?)^\}', re.M | re.S)
_DEFAULT = re.compile(r'variable "memory_size" \{.*?default\s+= (\d+)', re.S)


class Assumed(Struct, frozen=True, forbid_unknown_fields=True):
    """What assumptions.toml says."""

    cpu_factor: float
    call_ms: float
    post_ms: float
    clock_wait_ms: float
    projector_ms: float
    projector_records: float
    authorizer_ms: float
    authorizer_log_bytes: float
    cold_share: float
    cold_ms: float
    trace_share: float
    http_access_log_bytes: float
    socket_access_log_bytes: float
    overhead_bytes: float
    hours_in_month: float
    pollers: float
    poll_seconds: float
    health_minutes: float
    health_ms: float
    health_queue_looks: float
    health_tables: float
    health_metrics: float
    health_log_bytes: float
    reconcile_ms: float
    reconcile_reads: float
    reconcile_log_bytes: float
    idle_metrics: float
    stored_gb: float
    practising: float
    seconds_an_answer: float
    submissions_a_day: float
    rush_share: float
    sign_in_share: float
    rush_seconds: float
    quiz_share: float
    players: float
    gathering_seconds: float
    answering_seconds: float
    telling_seconds: float


@cache
def assumed() -> Assumed:
    """All of them."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=Assumed)


@cache
def memory() -> dict[str, int]:
    """The megabytes of each function, as the modules give them."""
    default = _DEFAULT.findall((ROOT / "modules" / "function" / "variables.tf").read_text())[0]
    found = {}
    for file in (ROOT / "modules").glob("*/*.tf"):
        for body in _FUNCTION.findall(file.read_text()):
            given = re.search(r"memory_size\s+= (\d+)", body)
            name = re.search(r'name\s+= "\$\{var\.name_prefix\}-([a-z-]+)"', body)
            if name is not None:
                found[name[1]] = int(given[1] if given else default)
    return found
