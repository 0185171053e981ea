from __future__ import annotations

from pathlib import Path

import pytest

from desktop.service.keeping.journal import Journal
from desktop.service.service import PROGRAM_FOLDER
from desktop.service.settings import DECLARED, Settings
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.errors import SettingRefused


@pytest.fixture
def settings(journal: Journal) -> Settings:
    return Settings(journal)


def test_defaults_hold_until_somebody_decides(settings: Settings):
    assert settings.all() == {setting.name: setting.default for setting in DECLARED}
    assert settings.get("theme") == "system"


def test_values_are_kept(settings: Settings, journal: Journal):
    settings.set("helper_name", "  Anna Weber ")
    settings.set("folders", ["/x/caf\udce9", "/y"])
    again = Settings(journal)
    assert again.get("helper_name") == "Anna Weber"
    assert again.get("folders") == ["/x/caf\udce9", "/y"]


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("text_size", "150", 150),
        ("welcome_done", "yes", True),
        ("welcome_done", "FALSE", False),
        ("language", "lb", "lb"),
        ("folders", "/a\n/b", ["/a", "/b"]),
        ("folders", ("/a",), ["/a"]),
        ("helper_kind", "", ""),
    ],
)
def test_what_is_typed_is_understood(settings: Settings, name: str, typed: object, value: object):
    settings.set(name, typed)
    assert settings.get(name) == value
    assert type(settings.get(name)) is type(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "es"),
        ("text_size", "151"),
        ("text_size", True),
        ("welcome_done", "perhaps"),
        ("welcome_done", 1),
        ("helper_name", "x" * 201),
        ("helper_name", "two\nlines"),
        ("helper_name", "turned \u202e round"),
        ("helper_name", 7),
        ("folders", [1]),
        ("folders", ["/a\0b"]),
        ("folders", ["/a"] * 101),
        ("no_such", "x"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(settings: Settings, name: str, value: object):
    before = settings.all()
    with pytest.raises(SettingRefused):
        settings.set(name, value)
    assert settings.all() == before


def test_a_value_that_fits_no_longer_falls_back_to_the_default(settings: Settings, journal: Journal):
    journal.remember("theme", "neon")
    journal.remember("text_size", "big")
    journal.remember("a_newer_setting", 1)
    assert settings.get("theme") == "system"
    assert settings.get("text_size") == 100
    assert "a_newer_setting" not in settings.all()


def test_a_change_can_be_undone(settings: Settings, journal: Journal):
    settings.set("theme", "light")
    journal_id = settings.set("theme", "dark")
    journal.undo(journal_id)
    settings.forget()
    assert settings.get("theme") == "light"
    journal.undo(journal_id)  # a second time changes nothing
    settings.set("theme", "contrast")
    journal.undo(journal_id)
    settings.forget()
    assert settings.get("theme") == "contrast"


def test_every_setting_is_described(tmp_path: Path):
    texts = Texts(PROGRAM_FOLDER / "resources" / "texts")
    assert set(texts.keys("settings")) == {f"settings.{setting.name}" for setting in DECLARED}
    assert all(texts.get(key, language) for key in texts.keys("settings") for language in LANGUAGES)
