"""The installed distributions: which modules each provides, what else each needs, and its files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.package.errors import PackageError
from tools.package.syntax import Imported

_LIBRARY_SUFFIXES = {".py", ".so"}


@dataclass(frozen=True)
class Distribution:
    """One locked third-party package."""

    name: str
    modules: frozenset[str]
    needs: tuple[str, ...]
    files: tuple[str, ...]


def installed(site: Path, markers: Mapping[str, str]) -> dict[str, Distribution]:
    """Every distribution of the site directory by its normalised name."""
    found = (_read(distribution, markers) for distribution in metadata.distributions(path=[str(site)]))
    return {distribution.name: distribution for distribution in found}


def needed(imports: Iterable[Imported], known: Mapping[str, Distribution]) -> list[Distribution]:
    """The distributions that provide what is imported, and those that they need in turn."""
    waiting = [provider for imported in imports for provider in _providers(imported, known)]
    chosen: dict[str, Distribution] = {}
    while waiting:
        distribution = waiting.pop()
        if distribution.name not in chosen:
            chosen[distribution.name] = distribution
            waiting += [_required(name, distribution, known) for name in distribution.needs]
    return [chosen[name] for name in sorted(chosen)]


def _read(distribution: metadata.Distribution, markers: Mapping[str, str]) -> Distribution:
    files = tuple(file.as_posix() for file in distribution.files or ())
    requirements = [Requirement(text) for text in distribution.requires or ()]
    return Distribution(
        name=canonicalize_name(distribution.metadata["Name"]),
        modules=frozenset(_top_level(files)),
        # Without extras: what an extra adds is named in requirements/lambda.in if it is wanted.
        needs=tuple(
            canonicalize_name(requirement.name)
            for requirement in requirements
            if requirement.marker is None or requirement.marker.evaluate({**markers, "extra": ""})
        ),
        files=files,
    )


def _top_level(files: Iterable[str]) -> Iterable[str]:
    """From the list of files and not from top_level.txt, which several build tools no longer write."""
    for file in map(Path, files):
        if file.suffix in _LIBRARY_SUFFIXES and (name := file.parts[0].split(".")[0]).isidentifier():
            yield name


def _providers(imported: Imported, known: Mapping[str, Distribution]) -> list[Distribution]:
    module = imported.name.split(".")[0]
    providers = [distribution for distribution in known.values() if module in distribution.modules]
    if not providers:
        raise PackageError(f"{imported.place} imports {module}, which nothing in requirements/lambda.txt provides")
    return providers


def _required(name: str, by: Distribution, known: Mapping[str, Distribution]) -> Distribution:
    if name not in known:
        raise PackageError(f"{by.name} needs {name}, which requirements/lambda.txt lacks; compile it again")
    return known[name]
