"""Whether everybody's points are the same wherever they stand."""

import time
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tools.api_client import ApiClient
from tools.live import truth
from tools.live.truth import Points

_SECONDS_TO_WAIT = 15
_SECONDS_BETWEEN = 0.3


class Check(Struct, frozen=True):
    """Points by player: of the answers that were accepted, and as three places have them."""

    accepted: Points
    places: Mapping[str, Points]

    @property
    def differing(self) -> list[str]:
        """Who has other points somewhere, or is missing there."""
        everybody = {*self.accepted}.union(*self.places.values())
        return sorted(one for one in everybody if len(set(self.of(one).values())) > 1)

    def of(self, player: str) -> dict[str, int | None]:
        """What each place says of one player."""
        places = {"accepted": self.accepted, **self.places}
        return {name: points.get(player) for name, points in places.items()}

    @property
    def line(self) -> str:
        """One line that tells it all."""
        places = {"accepted": self.accepted, **self.places}
        sums = [f"{name} {sum(points.values()):,}" for name, points in places.items()]
        differing = len(self.differing)
        verdict = f"{differing} players differ" if differing else "the same for every player"
        return f"points of {len(self.accepted)} players: {(' / ' if differing else ' = ').join(sums)}, {verdict}"


def check(known: dict[str, Any], host: ApiClient, game_id: str, accepted: Points) -> Check:
    """Compare once the leaderboard and the export have caught up with the table, which takes some milliseconds."""
    deadline = time.monotonic() + _SECONDS_TO_WAIT
    while True:
        try:
            found = _look(known, host, game_id, accepted)
        except truth.Unreadable:
            if time.monotonic() > deadline:
                raise
        else:
            if not found.differing or time.monotonic() > deadline:
                return found
        time.sleep(_SECONDS_BETWEEN)


def _look(known: dict[str, Any], host: ApiClient, game_id: str, accepted: Points) -> Check:
    stored = truth.participants(known, game_id, list(accepted))
    rows = truth.leaderboard(host, game_id)
    exported = truth.export(host, game_id).players
    return Check(
        accepted,
        {
            "table": {player.participant_id: player.score for player in stored},
            "leaderboard": {row["participant_id"]: row["score"] for row in rows},
            "export": {row["participant_id"]: int(row["score"]) for row in exported},
        },
    )
