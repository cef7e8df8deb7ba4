"""Whether the environment can be entered: the caller's credentials, and the API that everybody else enters by."""

import json
import time
import urllib.error
import urllib.request

from tools.doctor.clinic import Clinic
from tools.doctor.report import Area, Problem, Urgency, runbook

_SECONDS = 8
_SLOW_SECONDS = 2


def credentials(clinic: Clinic) -> Area:
    """Who looks, and whether into the right account: everything else would be missing in another one."""
    caller = clinic.clients["sts"].get_caller_identity()
    account = clinic.deployed.output("alerts_topic_arn").split(":")[4]
    facts = {"caller": caller["Arn"], "account": account}
    if caller["Account"] == account:
        return Area("credentials", caller["Arn"], facts=facts)
    wrong = f"signed in to account {caller['Account']}, and {clinic.name} lives in {account}"
    problem = Problem(Urgency.ENTRANCE, wrong, "aws sts get-caller-identity  # sign in to the other account")
    return Area("credentials", "of another account", (problem,), facts)


def api(clinic: Clinic) -> Area:
    """Whether the API answers, as a client sees it."""
    url = f"{clinic.deployed.output('http_api_url')}/health"
    begun = time.monotonic()
    try:
        with urllib.request.urlopen(url, timeout=_SECONDS) as response:  # noqa: S310  # the environment's own address
            told = json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return _silent(url, f"it answers {error.code}")
    except (OSError, ValueError) as error:
        return _silent(url, str(error))
    seconds = time.monotonic() - begun
    facts = {"milliseconds": round(seconds * 1000), "version": told.get("version")}
    summary = f"ok in {seconds * 1000:.0f} ms, release {told.get('version')}"
    if seconds <= _SLOW_SECONDS:
        return Area("api", summary, facts=facts)
    slow = Problem(Urgency.ODD, f"the API took {seconds:.1f} s to say that it is well", "", runbook("http-latency"))
    return Area("api", summary, (slow,), facts)


def _silent(url: str, reason: str) -> Area:
    problem = Problem(Urgency.API, f"the API is not well: {reason}", f"curl -i {url}", runbook("http-failing"))
    return Area("api", "does not answer as it should", (problem,))
