"""`python -m tools.stack up|down`."""

import sys

from rich.console import Console

from tools.homes import InstallFailed
from tools.package import PackageError
from tools.stack import chat, emulator, fit, outputs, processes, redis
from tools.stack.up import up
from tools.terraform import TerraformFailed, TerraformMissing

_FAILURES = (
    fit.Unusable,
    InstallFailed,
    processes.ServerFailed,
    PackageError,
    TerraformFailed,
    TerraformMissing,
)


def main(arguments: list[str]) -> int:
    """Bring the stack up or down; a failure says what failed and what to do."""
    match arguments:
        case ["up"]:
            try:
                up()
            except _FAILURES as error:
                Console(stderr=True, highlight=False).print(
                    f"\n[red]The local stack did not come up.[/]\n{error}\n\n"
                    "Start afresh with: make down up. The servers log to .local/*.log.",
                    markup=True,
                )
                return 1
        case ["down"]:
            down()
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def down() -> None:
    """Stop the servers; the emulator keeps everything in memory, so all of the stack goes with it."""
    stopped = [name for name in (chat.NAME, emulator.NAME, redis.NAME) if processes.stop(name)]
    outputs.FILE.unlink(missing_ok=True)
    print(f"stopped: {', '.join(stopped)}" if stopped else "the local stack was not up")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
