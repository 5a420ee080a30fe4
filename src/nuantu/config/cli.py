"""The project's command line, run inside the environment that `./nuantu` made."""

import sys
from collections.abc import Sequence
from importlib import import_module

from nuantu.config.launch.trouble import Trouble

# Each names a module with `main(arguments) -> int`, loaded only when asked for.
COMMANDS = {
    "up": "nuantu.config.launch.up",
    "test": "nuantu.config.launch.suite",
    "doctor": "nuantu.config.launch.doctor.command",
    "plan": "nuantu.config.launch.plan",
    "patrol": "nuantu.config.launch.patrol",
    "match": "nuantu.config.launch.match",
    "calendar": "nuantu.config.launch.calendar",
    "rules": "nuantu.config.requirements.command",
    "backup": "nuantu.config.launch.backups.make",
    "restore": "nuantu.config.launch.backups.restore",
    "journal": "nuantu.config.launch.manage",
    "key": "nuantu.config.launch.manage",
    "forms": "nuantu.config.launch.manage",
    "manage": "nuantu.config.launch.manage",
}
# Management commands that are called by their own name, without "manage" before it.
MANAGEMENT = {"journal", "key", "forms"}


def main(arguments: Sequence[str]) -> int:
    """Run one command; what cannot go on says its one sentence."""
    if not arguments or arguments[0] not in COMMANDS:
        print("./nuantu help", file=sys.stderr)
        return 2
    try:
        command = import_module(COMMANDS[arguments[0]])
        rest = arguments if arguments[0] in MANAGEMENT else arguments[1:]
        return int(command.main(rest) or 0)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "已中断；再次运行同一命令会接着做。\nInterrupted; the same command goes on from here.",
            file=sys.stderr,
        )
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
