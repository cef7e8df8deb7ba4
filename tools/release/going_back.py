"""Rollback by hand: the alias goes back to what served before, at once, and settings go back with the code."""

from collections.abc import Sequence
from datetime import timedelta

from tools.deployed import Deployed
from tools.environment import Refused
from tools.release.aliases import Alias, Aliases, Version

# What one deploy publishes, it publishes within so long.
_ONE_DEPLOY = timedelta(minutes=30)


def back(deployed: Deployed, shorts: Sequence[str], to: str | None = None) -> None:
    """Take functions back: those named, else those that are tried, else those that the latest deploy changed."""
    aliases = Aliases(deployed)
    if unknown := sorted(set(shorts) - aliases.shorts):
        raise Refused(f"there is no function {', '.join(unknown)} (there is: {', '.join(sorted(aliases.shorts))})")
    steps = _steps(aliases, shorts, to)
    if not steps:
        raise Refused("nothing to go back to: each function has served one version only")
    for alias, version in steps:
        aliases.point(alias, version)
        print(f"{alias.short:<12} {version} serves, {alias.tried or alias.serving} does not any more")
    print("Correct the code before the next deploy: make deploy puts the newest version live again.")


def _steps(aliases: Aliases, shorts: Sequence[str], to: str | None) -> list[tuple[Alias, str]]:
    if shorts:
        return [(alias, _before(aliases, alias, to)) for alias in aliases.of(shorts)]
    known = aliases.all()
    if tried := [alias for alias in known if alias.tried]:
        return [(alias, alias.serving) for alias in tried]
    return _latest(aliases, known)


def _before(aliases: Aliases, alias: Alias, to: str | None) -> str:
    """Where a function goes that was named; while something is tried, what serves stays."""
    numbers = [version.number for version in aliases.versions(alias)]
    if to is not None:
        if to not in numbers:
            raise Refused(f"{alias.short} has no version {to} (there is: {', '.join(numbers)})")
        return to
    if alias.tried:
        return alias.serving
    earlier = [number for number in numbers if int(number) < int(alias.serving)]
    if not earlier:
        raise Refused(f"{alias.short} has no version before {alias.serving}")
    return earlier[-1]


def _latest(aliases: Aliases, known: Sequence[Alias]) -> list[tuple[Alias, str]]:
    """Functions whose version was published with the latest one that serves, and what each served before."""
    steps: list[tuple[Alias, Version, str]] = []
    for alias in known:
        versions = {version.number: version for version in aliases.versions(alias)}
        earlier = [number for number in versions if int(number) < int(alias.serving)]
        if earlier:
            steps.append((alias, versions[alias.serving], earlier[-1]))
    latest = max((version.published for _, version, _ in steps), default=None)
    return [(alias, to) for alias, version, to in steps if latest and latest - version.published <= _ONE_DEPLOY]
