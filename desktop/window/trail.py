"""Where a person has been, for Esc. Before this: a click on a page's name. After it: the page to show."""

from __future__ import annotations

LONGEST = 12
WELCOME = "welcome"  # shown once; nobody goes back to it


class Trail:
    """The way taken: name of a page, and the finding it is about, if any."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, str]] = []

    @property
    def here(self) -> tuple[str, str]:
        """The page on show; two empty texts before the first one."""
        return self._steps[-1] if self._steps else ("", "")

    def go(self, name: str, about: str = "") -> None:
        """Go on to a page. A page met before is met only once on the way back."""
        self._steps = [step for step in self._steps if step not in ((name, about), (WELCOME, ""))][-LONGEST:]
        self._steps.append((name, about))

    def go_back(self) -> bool:
        """Take one step back; False from the first page."""
        if len(self._steps) < 2:  # noqa: PLR2004 - here, and one place to go back to
            return False
        self._steps.pop()
        return True
