"""The patches of the mutation check fit the code as it is, and leave out no invariant."""

import subprocess

import pytest

from tests.proofs.campaigns.mutants_patches import FOLDER, Mutant, mutants
from tools.paths import ROOT

INVARIANTS = set(range(1, 10))


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_a_mutant_names_its_invariant_and_tests_that_exist(mutant: Mutant) -> None:
    assert mutant.name.startswith(f"{mutant.invariant:02}-")
    assert mutant.breaks
    assert mutant.caught_by
    assert [file for file in mutant.caught_by if not (ROOT / file).is_file()] == []


def test_every_patch_still_applies() -> None:
    # One after the other, because several may change the same line.
    for mutant in mutants():
        done = subprocess.run(
            ["git", "apply", "--check", mutant.patch], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{mutant.name} has to be made anew: {done.stderr}"


def test_every_invariant_has_a_mutant() -> None:
    assert {mutant.invariant for mutant in mutants()} == INVARIANTS


def test_the_folder_holds_nothing_but_patches() -> None:
    assert {path.suffix for path in FOLDER.iterdir()} == {".patch"}
