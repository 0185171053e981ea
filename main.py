#!/usr/bin/env python3
"""Open the doors of Plainwatch: the window, the checks of the code, a worker, or a command.

Nothing comes before this on the path; each door loads only its own house behind it. This file must be readable by
old Pythons as well, so that they can be told kindly: no annotations from the future, no f-strings.
"""

import sys

OLDEST_PYTHON = (3, 11)


def main(arguments):  # noqa: ANN001, ANN201 - annotations of built-in lists would stop Python 3.8 and older
    """Choose the door that ``arguments`` name and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        print("Plainwatch needs Python 3.11 or newer. This is Python %d.%d." % sys.version_info[:2], file=sys.stderr)  # noqa: UP031
        return 2
    if arguments[:1] == ["worker"]:
        # The worker is started often and by the program alone: no set-up check, no command line library.
        from detectors.worker.child import main as work

        wanted = arguments[1:]  # a folder of models trained here, when there may be one, then the role
        return work("".join(wanted[-1:]), own_models="".join(wanted[:-1]))
    try:
        from desktop.doors import open_door

        return open_door(arguments)
    except KeyboardInterrupt:  # also while everything is still being loaded
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
