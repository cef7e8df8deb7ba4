"""Which installed files no function ever reads. Every rule says why."""

import re

_DROPPED = re.compile(
    "|".join(
        (
            r"^\.\./.*",  # commands: pip records them outside of the target directory
            r"^bin/.*",  # the same, as newer versions of pip record them
            r"^botocore/data/.*",  # models of 400 services; those that are called are added by botocore_data
            r".*\.pyi$",  # types, for checkers alone
            r".*/py\.typed$",  # the same
            r"(.*/)?tests?/.*",  # packages' own tests
            r".*\.(c|h|pyx|pxd)$",  # what the extension modules were compiled from
            r".*\.(js|css|html|rst)$",  # Powertools' Swagger UI (1.7 MB), urllib3's browser worker, boto3's examples
            r"^dateutil/zoneinfo/.*\.tar\.gz$",  # botocore knows UTC and offsets only, Lambda has its own zones
            r".*\.pyc$",  # made here, in the target's version
            # Of the metadata, what installers keep for themselves; version, dependencies and licences stay.
            r".*\.dist-info/(?!METADATA$|licenses/|LICEN[CS]E|NOTICE|COPYING|AUTHORS).*",
        )
    )
)


def is_needed(name: str) -> bool:
    """Whether a distribution's file goes into the zip, by its path in the site directory."""
    return _DROPPED.fullmatch(name) is None
