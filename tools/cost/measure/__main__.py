"""Write usage.toml anew: `python -m tools.cost.measure`."""

import sys

from tools.cost import usage
from tools.cost.measure.whole import measured

_PLAYERS = 12


def main() -> int:
    """Measure, and keep what was counted."""
    usage.write(measured(_PLAYERS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
