"""Every setting, declared once: its kind, what it may be, and what it is until somebody decides.

Before this on the path: a click or ``settings set``. After it: whoever asks.
Descriptions for people: ``settings.<name>`` in the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from desktop.service.keeping.journal import Journal
from detectors.contract.errors import SettingRefused

SettingValue: TypeAlias = str | bool | int | list[str]

LONGEST_TEXT = 200
"""Letters in a name or number typed by a person."""
LONGEST_LIST = 100
"""Folders or files that may be chosen."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting."""

    name: str
    """Stable id; description: ``settings.<name>``."""
    default: SettingValue
    """Holds until somebody decides; also tells the type."""
    allowed: tuple[SettingValue, ...] = ()
    """The only values it may have; empty: any of its type."""


DECLARED: tuple[Setting, ...] = (
    Setting("language", "", ("", "en", "fr", "de", "lb")),
    Setting("theme", "system", ("system", "light", "dark", "contrast")),
    Setting("text_size", 100, (100, 125, 150, 200)),
    Setting("helper_kind", "", ("", "colleague", "firm", "nobody")),
    Setting("helper_name", ""),
    Setting("helper_phone", ""),
    Setting("helper_hours", ""),
    Setting("country", "LU", ("LU", "FR", "DE", "BE", "EU")),
    Setting("folders", []),
    Setting("watched_folders", []),
    Setting("canaries", default=False),
    Setting("canary_files", []),
    Setting("welcome_done", default=False),
    Setting("computer_name", ""),
    Setting("keep_findings_days", 180, (30, 90, 180, 365)),
    Setting("keep_journal_days", 365, (90, 180, 365, 730)),
)
_BY_NAME = {setting.name: setting for setting in DECLARED}
_SWITCH_WORDS = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


class Settings:
    """Reads and writes settings; values come from memory after the first look."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.changed: Callable[[str], None] = _nobody_follows
        """Told the name of each setting that was changed."""
        self._values: dict[str, SettingValue] | None = None

    def get(self, name: str) -> SettingValue:
        """Tell a setting's value.

        Raises:
            SettingRefused: there is no such setting.
        """
        setting = _declared(name)
        return self._kept().get(name, setting.default)

    def text(self, name: str) -> str:
        """Tell the value of a setting that is text."""
        return str(self.get(name))

    def set(self, name: str, value: object) -> int:
        """Keep a new value; text such as ``"150"`` or ``"yes"`` is understood.

        Returns:
            The journal id to undo it with.

        Raises:
            SettingRefused: no such setting, or it may not have this value.
        """
        wanted = _understood(_declared(name), value)
        journal_id = self._journal.change_setting(name, self.get(name), wanted)
        self.forget()
        self.changed(name)
        return journal_id

    def number(self, name: str) -> int:
        """Tell the value of a setting that is a number."""
        return int(str(self.get(name)))

    def all(self) -> dict[str, SettingValue]:
        """Tell every setting with its value."""
        return {setting.name: self.get(setting.name) for setting in DECLARED}

    def forget(self) -> None:
        """Look again next time: something outside this class has changed."""
        self._values = None

    def _kept(self) -> dict[str, SettingValue]:
        if self._values is None:
            self._values = {
                name: cast("SettingValue", value)
                for name, value in self._journal.settings().items()
                if name in _BY_NAME and _is_allowed(_BY_NAME[name], value)
            }
        return self._values


def _nobody_follows(_name: str) -> None:
    """Do nothing."""


def _declared(name: str) -> Setting:
    if name not in _BY_NAME:
        raise SettingRefused(name="settings", value=name, allowed=sorted(_BY_NAME))
    return _BY_NAME[name]


def _understood(setting: Setting, value: object) -> SettingValue:
    """Turn what came in into the setting's own type, or refuse it."""
    wanted: object = value
    if isinstance(setting.default, bool) and isinstance(value, str):
        wanted = _SWITCH_WORDS.get(value.strip().casefold(), value)
    elif isinstance(setting.default, int) and isinstance(value, str) and value.strip().isdecimal():
        wanted = int(value)
    elif isinstance(setting.default, list) and isinstance(value, str):
        wanted = [line for line in value.splitlines() if line]
    elif isinstance(setting.default, list) and isinstance(value, Sequence):
        wanted = list(value)
    elif isinstance(setting.default, str) and isinstance(value, str):
        wanted = value.strip()
    if not _is_allowed(setting, wanted):
        raise SettingRefused(name=setting.name, value=str(value), allowed=_words_for(setting))
    return cast("SettingValue", wanted)


def _words_for(setting: Setting) -> list[str]:
    """Say what may be typed for a setting; a value without letters is shown in quotes, free text by its length."""
    if isinstance(setting.default, bool):
        return ["true", "false"]
    if isinstance(setting.default, str) and not setting.allowed:
        return [f"≤ {LONGEST_TEXT}"]
    return [str(one) or "''" for one in setting.allowed]


def _is_allowed(setting: Setting, value: object) -> bool:
    if type(value) is not type(setting.default):
        return False
    if setting.allowed:
        return value in setting.allowed
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and value.isprintable()
    if isinstance(value, list):
        return len(value) <= LONGEST_LIST and all(isinstance(one, str) and "\0" not in one for one in value)
    return True
