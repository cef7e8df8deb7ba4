"""The game's state machine under any order of triggers: doubled, stale, early, late, and all at once."""

from hypothesis import settings as profile
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quiz.errors import Conflict
from quiz.live.clock import Action, Trigger, advance
from quiz.live.games import MOST_STALE_MS, Game, Phase
from quiz.live.settings import LiveSettings
from tests.unit.live.support import NOW, settings, with_settings

_FORWARD = {
    (Phase.LOBBY, Phase.OPEN),
    (Phase.OPEN, Phase.CLOSED),
    (Phase.CLOSED, Phase.OPEN),
    (Phase.CLOSED, Phase.ENDED),
    (Phase.LOBBY, Phase.ENDED),
}


class Clock(RuleBasedStateMachine):
    """One game, and everybody who wants something of it."""

    @initialize(chosen=settings, questions=st.integers(1, 4), lobby_ms=st.sampled_from([0, 0, 60_000]))
    def open(self, chosen: LiveSettings, questions: int, lobby_ms: int) -> None:
        self.game = with_settings(chosen, questions, lobby_ms)
        self.now = NOW
        self.asked: list[str] = []
        self.sent: list[Trigger] = []
        self.effective: list[Trigger] = []

    @rule(ms=st.integers(1, 3_000))
    def wait(self, ms: int) -> None:
        self.now += ms

    @precondition(lambda self: self.game.due_at > self.now)
    @rule(before=st.integers(0, 1))
    def wait_until_due(self, before: int) -> None:
        self.now = max(self.now, self.game.due_at - before)

    @rule(action=st.sampled_from(Action), named=st.booleans(), versioned=st.booleans())
    def wish(self, action: Action, named: bool, versioned: bool) -> None:
        name = f"t{len(self.sent)}" if named else ""
        self._send(Trigger(self.game.game_id, action, name, self.game.version if versioned else None))

    @rule(action=st.sampled_from(Action), behind=st.integers(1, 3))
    def wish_for_another_version(self, action: Action, behind: int) -> None:
        before = self.game
        self._send(Trigger(before.game_id, action, "", before.version - behind))
        self._send(Trigger(before.game_id, action, "", before.version + behind))
        assert self.game == before

    @precondition(lambda self: self.effective)
    @rule(which=st.integers(0, 4))
    def come_again(self, which: int) -> None:
        """One of the last triggers that changed something is delivered a second time, at any later moment."""
        before = self.game
        self._send(self.effective[-1 - which % len(self.effective[-5:])])
        assert self.game == before

    @rule()
    def tick_early(self) -> None:
        early = self.game.due_at == 0 or self.now < self.game.due_at
        before = self.game
        self._send(Trigger(before.game_id, Action.TICK))
        assert not early or self.game == before

    def _send(self, trigger: Trigger) -> None:
        self.sent.append(trigger)
        before = self.game
        try:
            after = advance(before, trigger, self.now)
        except Conflict:
            assert (trigger.action, before.phase) == (Action.NEXT, Phase.LOBBY)
            return
        if after is not None:
            self._moved(before, after, trigger)
            self.game = after

    def _moved(self, before: Game, after: Game, trigger: Trigger) -> None:
        assert after.version == before.version + 1
        assert before.phase is not Phase.ENDED
        assert before.phase is after.phase or (before.phase, after.phase) in _FORWARD
        if after.phase is Phase.OPEN and before.phase is not Phase.OPEN:
            assert after.index == before.index + 1
            assert after.question_id not in self.asked
            self.asked.append(after.question_id or "")
            assert after.opened_at == self.now + after.settings.lead_ms
        else:
            assert after.index == before.index
        if before.phase is Phase.OPEN and after.phase is Phase.CLOSED:
            assert self.now >= before.accepts_until
        if before.phase is after.phase is Phase.OPEN and after.closes_at != before.closes_at:
            assert self.now + MOST_STALE_MS <= after.closes_at < before.closes_at
        if after.phase is Phase.ENDED and before.phase is not Phase.LOBBY and not before.ending:
            assert trigger.action is Action.END or after.index + 1 == after.total
        if trigger.trigger_id or trigger.version is not None:
            self.effective.append(trigger)

    @invariant()
    def it_goes_on_by_itself(self) -> None:
        game = getattr(self, "game", None)
        if game is None:
            return
        match game.phase:
            case Phase.OPEN:
                assert game.due_at == game.accepts_until
                assert game.closes_at > game.opened_at
            case Phase.CLOSED:
                waits = (game.paused or game.settings.pacing == "manual") and not game.ending
                assert bool(game.due_at) is not waits
            case Phase.ENDED:
                assert (game.due_at, game.paused) == (0, False)
                assert game.ended_at

    def teardown(self) -> None:
        """Left alone, with a host who only resumes and presses next, it ends and has asked everything or was ended."""
        if not hasattr(self, "game"):
            return
        self._send(Trigger(self.game.game_id, Action.START))
        for _ in range(3 * self.game.total + 3):
            self._send(Trigger(self.game.game_id, Action.RESUME))
            if not self.game.due_at:
                self._send(Trigger(self.game.game_id, Action.NEXT))
            self.now = max(self.now, self.game.due_at)
            self._send(Trigger(self.game.game_id, Action.TICK))
        assert self.game.phase is Phase.ENDED


TestClock = Clock.TestCase
TestClock.settings = profile(max_examples=150, stateful_step_count=40, deadline=None)
