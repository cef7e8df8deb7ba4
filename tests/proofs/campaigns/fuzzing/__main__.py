"""Repeat one request of a run, after those that led to it: `python -m tests.proofs.campaigns.fuzzing SEED NUMBER`."""

import argparse
import sys

from rich.console import Console

from tests.proofs.campaigns.fuzzing.judging import FAULTS
from tests.proofs.campaigns.fuzzing.playing import REQUESTS, Outcome, play
from tests.proofs.campaigns.fuzzing.requests import told
from tools.leaderboard import scratch


def main(arguments: list[str]) -> int:
    """Show the request and its answer; 1 if it breaks a promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.proofs.campaigns.fuzzing")
    parser.add_argument("seed", type=int)
    parser.add_argument("number", type=int)
    asked = parser.parse_args(arguments)
    with scratch.server() as redis_port:
        played = play(asked.seed, asked.number // REQUESTS * REQUESTS, redis_port)
        wanted = [outcome for outcome in played if outcome.number == asked.number]
    for outcome in wanted:
        _show(outcome)
    return int(any(verdict.kind in FAULTS for outcome in wanted for verdict in outcome.verdicts))


def _show(outcome: Outcome) -> None:
    console = Console(highlight=False, markup=False, soft_wrap=True)
    console.print(f"{outcome.asked.row}, to the function {outcome.asked.function}:\n{told(outcome.asked.event)}")
    console.print(f"answered:\n{outcome.response}")
    for verdict in outcome.verdicts:
        console.print(f"{verdict.kind}: {verdict.why}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
