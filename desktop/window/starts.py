"""Starts checks and looks at the network for the main window, one at a time, and shows the page they belong to.

Before this on the path: a button, a key or a dropped file. After it: the bridge, which runs the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.window.bridge import Bridge, RunSoFar
from desktop.window.pages.run_words import NETWORK_SCOPES, say_doing

LOOK_S, LISTEN_S = 30.0, 60.0
CAPTURE_ENDINGS = (".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".cap.gz")


class Starts:
    """What the navigator can start. The main window is one; a check that runs already is shown instead."""

    _bridge: Bridge

    if TYPE_CHECKING:

        def open_page(self, name: str) -> None:
            """Show a page; the main window does."""

    def start_check(self, scope: str, folders: Sequence[str] = ()) -> None:
        """Start a check and show its page; a check that runs already is shown instead."""
        chosen = tuple(folders)
        self._bridge.start(
            lambda service, control: service.check_now(scope, control, folders=chosen), scope=scope, folders=chosen
        )
        self.open_page("check")

    def check_paths(self, paths: Sequence[str]) -> None:
        """Check these files or folders and show the page."""
        chosen = tuple(paths)
        if chosen and all(is_capture_name(path) for path in chosen):
            self.check_captures(chosen)
            return
        self._bridge.start(lambda service, control: service.check_files(chosen, control), scope="paths", folders=chosen)
        self.open_page("check")

    def check_captures(self, paths: Sequence[str]) -> None:
        """Check recorded traffic and show its page."""
        chosen = tuple(paths)
        self._bridge.start(
            lambda service, control: service.check_captures(chosen, control), scope="captures", folders=chosen
        )
        self._open_run()

    def look_at_network(self) -> None:
        """Watch this computer's connections for a short while and show the page."""
        self._bridge.start(
            lambda service, control: service.check_connections(control, seconds=LOOK_S), scope="connections"
        )
        self._open_run()

    def listen(self, card: str) -> None:
        """Listen on a network card for a while and show the page."""
        self._bridge.start(
            lambda service, control: service.check_live(card, control, seconds=LISTEN_S), scope="live", folders=(card,)
        )
        self._open_run()

    def _open_run(self) -> None:
        """Show the page that belongs to the check that is going on."""
        self.open_page(page_of(self._bridge.run))


def is_capture_name(untrusted_path: str) -> bool:
    """Tell whether a name looks like a recording of network traffic."""
    return untrusted_path.casefold().endswith(CAPTURE_ENDINGS)


def page_of(run: RunSoFar) -> str:
    """Name the page on which a check is shown in large."""
    return "activity" if run.scope in NETWORK_SCOPES else "check"


def say_strip(run: RunSoFar) -> str:
    """Say what is being done, where it is no check of files."""
    return say_doing(run) if run.scope in NETWORK_SCOPES else ""
