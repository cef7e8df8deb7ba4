"""Plan a release: whatever serves now goes on serving, and the newest gets a share."""

import json

from tools import environment
from tools.deployed import Deployed
from tools.environment import LOCAL_NAME, Refused
from tools.release.alarms import Alarms
from tools.release.aliases import Aliases


def plan(deployed: Deployed, share: float) -> None:
    """Keep a plan that releases a share. AWS is asked what serves: Terraform cannot know of a rollback."""
    aliases = Aliases(deployed).all()
    if tried := [alias.short for alias in aliases if alias.tried]:
        raise Refused(f"a release is under way ({', '.join(tried)}): end it with watch or back")
    if ringing := Alarms(deployed).ringing(aliases):
        raise Refused(f"{', '.join(alias.alarm for alias in ringing)} is on already: nobody could tell a bad release")
    for alias in aliases:
        print(f"{alias.short:<12} {alias.serving}")
    release = {
        "package_dir": "build/local" if deployed.name == LOCAL_NAME else "build/lambda",
        "serving": {alias.short: alias.serving for alias in aliases},
        "share": share,
    }
    environment.plan(deployed.name, [f"-var=release={json.dumps(release)}"])
