"""The table of a campaign of live quizzes."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.proofs.campaigns.live_aws.services import Aws
from tests.proofs.campaigns.live_judging import CLAIMS, Judgement
from tests.proofs.campaigns.live_kills import ODDS, Kills
from tests.proofs.live.world import World
from tools.report import Row

# Of the answers that could have been given; the rest are silent, late, away, or were not asked in time.
_LEAST_COUNTED = 0.6
_SHOWN = 300


class Evening(NamedTuple):
    """What was played, and what was found: the big game first."""

    world: World
    kills: Kills
    aws: Aws
    judgements: list[Judgement]


def rows(evening: Evening, players: int, questions: int, seed: int) -> list[Row]:
    """What was played, that it was worth judging, and each claim."""
    return [
        Row(("Seed", f"{seed}", "")),
        *_played(evening),
        *_worth(evening, players, questions),
        *_claims(evening, seed),
    ]


def _played(evening: Evening) -> list[Row]:
    world, kills = evening.world, evening.kills
    seen = [judgement.verdict for judgement in evening.judgements]
    connections = world.wire.connections.values()
    figures = {
        "Games, players": _each(one.players for one in seen),
        "Answers that counted": _each(one.counted for one in seen),
        "Answers sent again and recognised": _each(one.repeated for one in seen),
        "Answers refused: late, another than before": _each(one.late + one.conflicts for one in seen),
        "Connections, messages told": f"{len(connections):,}, {sum(len(one.told) for one in connections):,}",
        "Posts to a full buffer, to a closed connection": f"{world.wire.refused:,}, {world.wire.gone:,}",
        "Messages doubled by SQS, stream images sent again": (
            f"{world.triggers.doubled + world.jobs.doubled:,}, {world.stream_repeats():,}"
        ),
        "Calls to the database, refused for now": (
            f"{sum(evening.aws.calls[name] for name in evening.aws.database.operations):,}, {evening.aws.refused:,}"
        ),
        "Announcements that a shard may have heard too late": f"{len(world.overdue):,}",
        "Invocations": _by_name(world.invocations),
        "Events sent or delivered again after a kill": f"{kills.afterwards.again:,}",
    }
    return [Row((name, figure, "")) for name, figure in figures.items()]


def _worth(evening: Evening, players: int, questions: int) -> list[Row]:
    """An adversary that never strikes, or a game in which nothing happens, proves nothing."""
    killed, [big, *_] = evening.kills.killed, evening.judgements
    least = int(_LEAST_COUNTED * players * questions)
    seen, asked = big.verdict, big.asked
    return [
        Row(("Kills", _by_name(killed), "of every function"), holds=all(killed[name] for name in ODDS)),
        Row(("Players of the big game", f"{seen.players:,}", f"{players:,}"), holds=seen.players == players),
        Row(("Questions of the big game", f"{asked}", f"{questions}"), holds=asked == questions),
        Row(("Answers of the big game", f"{seen.counted:,}", f"at least {least:,}"), holds=seen.counted >= least),
    ]


def _claims(evening: Evening, seed: int) -> list[Row]:
    return [_claim(claim, evening.judgements, seed) for claim in CLAIMS]


def _claim(claim: str, judgements: list[Judgement], seed: int) -> Row:
    broken = [why for judgement in judgements for why in judgement.broken[claim]]
    seen = "0 violations" if not broken else f"seed {seed}: {'; '.join(broken)}"[:_SHOWN]
    return Row((claim, seen, "0 violations"), holds=not broken)


def _each(numbers: Iterable[int]) -> str:
    return " + ".join(f"{number:,}" for number in numbers)


def _by_name(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {counted[name]:,}" for name in sorted(counted))
