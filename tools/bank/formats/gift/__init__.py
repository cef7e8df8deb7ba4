"""Moodle's GIFT: questions as a teacher types them.

What follows are Moodle's rules, where it keeps them (question/format/gift/format.php), as a reader of our own.
"""

from tools.bank.formats.gift.read import read
from tools.bank.formats.gift.write import write

__all__ = ["read", "write"]
