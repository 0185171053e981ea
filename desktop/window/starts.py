"""Starts checks and looks for the main window, one at a time, and shows the page they belong to.

Before this on the path: a button, a key or a dropped file. After it: the bridge, which runs the check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.window.bridge import Bridge, RunSoFar
from desktop.window.pages.run_words import LOOK_SCOPES, are_captures, are_recordings, page_of, say_doing

LOOK_S, LISTEN_S, PROGRAMS_S = 30.0, 60.0, 15.0


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
        if are_captures(chosen) or are_recordings(chosen):
            (self.check_captures if are_captures(chosen) else self.check_recordings)(chosen)
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

    def check_recordings(self, paths: Sequence[str]) -> None:
        """Check recordings of programs and show their page."""
        chosen = tuple(paths)
        self._bridge.start(
            lambda service, control: service.check_recordings(chosen, control), scope="recordings", folders=chosen
        )
        self._open_run()

    def look_at_programs(self) -> None:
        """Look at what runs on this computer, watch what starts for a short while, and show the page."""
        self._bridge.start(
            lambda service, control: service.check_programs(control, seconds=PROGRAMS_S), scope="programs"
        )
        self._open_run()

    def _open_run(self) -> None:
        """Show the page that belongs to the check that is going on."""
        self.open_page(page_of(self._bridge.run.scope))


def say_strip(run: RunSoFar) -> str:
    """Say what is being done, where it is no check of files."""
    is_watching = run.progress is not None and run.progress.unit == "seconds"
    return say_doing(run) if run.scope in LOOK_SCOPES or is_watching else ""
