"""Every string of the window stands in four languages, and the compiled files belong to their sources."""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from desktop.window.languages import LANGUAGES, Languages
from desktop.window.say import Counted
from desktop.window.theme import RESOURCES

FOLDER = RESOURCES / "translations"
WINDOW = RESOURCES.parent / "desktop" / "window"
HOLES = re.compile(r"\{\w+\}|%L?n")


def tool(name: str) -> str:
    found = shutil.which(f"pyside6-{name}", path=str(Path(sys.executable).parent)) or shutil.which(
        f"pyside6-{name}", path=sysconfig.get_path("scripts")
    )
    assert found
    return found


def messages(path: Path) -> dict[tuple[str, str, str], list[str]]:
    """Read a source file: context, text and note, with the translations (two for a plural)."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            assert translation.get("type") is None, f"unfinished: {message.findtext('source')}"
            key = (context.findtext("name"), message.findtext("source"), message.findtext("comment") or "")
            found[key] = forms
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_string_is_left_untranslated(language):
    assert all(all(forms) for forms in messages(FOLDER / f"plainwatch_{language}.ts").values())


def test_all_languages_have_the_same_strings():
    keys = [set(messages(FOLDER / f"plainwatch_{language}.ts")) for language in LANGUAGES]
    assert all(one == keys[0] for one in keys)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_translation_has_the_same_holes(language):
    for (_context, source, _note), forms in messages(FOLDER / f"plainwatch_{language}.ts").items():
        for form in forms:
            missing = set(HOLES.findall(source)) - set(HOLES.findall(form))
            # "Show it" says one without its number; a hole in braces may never go.
            assert all(hole.startswith("%") for hole in missing), f"{source} -> {form}"
            assert set(HOLES.findall(form)) <= set(HOLES.findall(source))


def test_the_source_files_know_every_string_of_the_window(tmp_path):
    copy = tmp_path / "plainwatch_en.ts"
    shutil.copy(FOLDER / "plainwatch_en.ts", copy)
    files = [str(path) for path in sorted(WINDOW.rglob("*.py"))]
    command = [tool("lupdate"), "-silent", "-locations", "none", "-no-obsolete", *files, "-ts", str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    assert set(messages(copy)) == set(messages(FOLDER / "plainwatch_en.ts"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_files_are_up_to_date(language, tmp_path):
    fresh = tmp_path / "fresh.qm"
    source = FOLDER / f"plainwatch_{language}.ts"
    subprocess.run([tool("lrelease"), "-silent", str(source), "-qm", str(fresh)], check=True, timeout=60)
    assert fresh.read_bytes() == (FOLDER / f"plainwatch_{language}.qm").read_bytes()


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [
        ("en", "1 minute", "4 minutes"),
        ("fr", "1 minute", "4 minutes"),
        ("de", "1 Minute", "4 Minuten"),
        ("lb", "1 Minutt", "4 Minutten"),
    ],
)
def test_a_language_can_be_changed_while_running(application, language, one, many):
    languages = Languages(FOLDER)
    assert languages.use(language) == language
    assert Counted().minutes(1) == one
    assert Counted().minutes(4) == many
    languages.use("en")


def test_the_window_changes_its_language_on_the_spot(open_made_up, qtbot, heartbeat):
    heartbeat.allowed_s = 10.0  # the whole window is built anew, once, on a click
    window = open_made_up("settings")
    window._bridge.call(lambda service: service.settings.set("language", "lb"), lambda _id: window.reload_settings())
    qtbot.waitUntil(lambda: window.page.heading.full_text == "Astellungen")
    assert window.page_name == "settings"
    assert window.rail.items[2].place.text == "Kontroll"
    assert QLocale().name().startswith("lb")


def test_a_language_we_lack_becomes_english(application):
    languages = Languages(FOLDER)
    assert languages.use("xx") == "en"
    assert QCoreApplication.translate("LevelPill", "Act now") == "Act now"
