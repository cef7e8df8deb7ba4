"""Who asks: told by a verified token, never by the body."""

from msgspec import Struct

from quiz.errors import Forbidden

INSTRUCTORS = "instructors"


class Caller(Struct, frozen=True):
    """A person who signed in."""

    user_id: str
    groups: frozenset[str] = frozenset()

    @property
    def is_instructor(self) -> bool:
        """Whether the person may see and change what belongs to others."""
        return INSTRUCTORS in self.groups

    def require_instructor(self) -> None:
        """Refuse everybody else."""
        if not self.is_instructor:
            raise Forbidden("only instructors may do this")
