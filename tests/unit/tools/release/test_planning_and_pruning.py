"""What a release is planned with, and which versions may go."""

import json
from collections.abc import Sequence

import pytest

from tests.unit.tools.release.account import Account
from tools import deployed, environment
from tools.environment import Refused
from tools.release import __main__ as tool
from tools.release.planning import plan
from tools.release.pruning import prune

_HTTP = "quiz-test-http"


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    made: list[tuple[str, list[str]]] = []

    def record(name: str, options: Sequence[str] = ()) -> None:
        made.append((name, list(options)))

    monkeypatch.setattr(environment, "plan", record)
    return made


class TestAPlan:
    def test_holds_what_serves(self, account: Account, planned: list[tuple[str, list[str]]]) -> None:
        account.functions.serve(_HTTP, "2")
        plan(account, 0.1)
        [(name, [option])] = planned
        assert name == "test"
        assert json.loads(option.removeprefix("-var=release=")) == {
            "package_dir": "build/lambda",
            "serving": {"http": "2", "intake": "3", "socket": "3"},
            "share": 0.1,
        }

    def test_leaves_functions_alone_that_are_not_there_yet(
        self, account: Account, planned: list[tuple[str, list[str]]]
    ) -> None:
        del account.functions.aliases[_HTTP]
        plan(account, 0.1)
        assert "http" not in planned[0][1][0]

    def test_is_refused_while_a_release_is_under_way(
        self, account: Account, planned: list[tuple[str, list[str]]]
    ) -> None:
        account.functions.serve(_HTTP, "2", v3=0.1)
        with pytest.raises(Refused, match="http"):
            plan(account, 0.1)
        assert not planned

    def test_is_refused_while_an_alarm_is_on(self, account: Account, planned: list[tuple[str, list[str]]]) -> None:
        account.watched.states[f"{_HTTP}-errors"] = "ALARM"
        with pytest.raises(Refused, match="quiz-test-http-errors"):
            plan(account, 0.1)
        assert not planned


class TestPruning:
    def _numbers(self, account: Account) -> list[str]:
        return [version["Version"] for version in account.functions.published[_HTTP]]

    def test_keeps_the_newest(self, account: Account) -> None:
        pruned = prune(account, 2, really=True)
        assert self._numbers(account) == ["$LATEST", "2", "3"]
        assert (pruned.versions, pruned.bytes) == (3, 24)

    def test_keeps_what_serves_or_is_tried_however_old(self, account: Account) -> None:
        account.functions.serve(_HTTP, "1", v2=0.1)
        prune(account, 1, really=True)
        assert self._numbers(account) == ["$LATEST", "1", "2", "3"]

    def test_only_says_what_would_go(self, account: Account) -> None:
        assert prune(account, 1, really=False).versions == 6
        assert self._numbers(account) == ["$LATEST", "1", "2", "3"]


@pytest.mark.parametrize(
    "arguments", [["run", "x", "--share", "0"], ["plan", "x", "--share", "100"], ["prune", "x", "--keep", "0"]]
)
def test_what_makes_no_sense_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        tool.main(arguments)


def test_the_first_plan_of_an_environment_has_nothing_to_try_beside(
    monkeypatch: pytest.MonkeyPatch, planned: list[tuple[str, list[str]]]
) -> None:
    def find(name: str) -> None:
        raise deployed.NothingDeployed(f"nothing is deployed in {name}")

    monkeypatch.setattr(deployed, "find", find)
    assert (tool.main(["plan", "production"]), tool.main(["watch", "production"])) == (0, 1)
    assert planned == [("production", [])]
