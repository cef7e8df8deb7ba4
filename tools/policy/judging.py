"""Findings against skips: each of the one needs one of the other, and the other way round."""

import tempfile
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools import homes
from tools.policy import checkov, configuration
from tools.policy.checkov import Finding
from tools.policy.skips import Skip


def findings() -> set[Finding]:
    """Everything that checkov finds in the code and in a plan of it."""
    homes.prepare("policy")
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        copied = configuration.copy(Path(folder))
        # Terraform plans while the code is scanned.
        in_code = pool.submit(checkov.code, copied)
        in_plan = checkov.plan(configuration.plan(copied, Path(folder) / "planned"))
        return in_code.result() | in_plan


def complaints(found: Collection[Finding], skipped: Collection[Skip]) -> list[str]:
    """What nobody excused, and excuses for what is not found any more."""
    excused = {(skip.block, skip.check) for skip in skipped}
    needed = {(finding.block, finding.check) for finding in found}
    return [
        *(
            f"{one.block} fails {one.check}: {one.name}"
            for one in sorted(found)
            if (one.block, one.check) not in excused
        ),
        *(
            f"{one.block} skips {one.check}, which it passes"
            for one in sorted(skipped)
            if (one.block, one.check) not in needed
        ),
    ]
