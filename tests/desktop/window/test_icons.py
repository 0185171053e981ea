"""The drawings that are bundled: all of them used, all of them drawn in the colour asked for."""

import pytest
from PySide6.QtGui import QColor

from desktop.window.icons import pixmap, read_all
from desktop.window.theme import RESOURCES, Theme

NAMES = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for path in (RESOURCES.parent / "desktop" / "window").rglob("*.py")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_bundled_icon_is_used_and_draws_something(light, name):
    assert f'"{name}"' in SOURCES
    picture = pixmap(name, "act", 24).toImage()
    seen = {
        picture.pixelColor(x, y).name() for x in range(24) for y in range(24) if picture.pixelColor(x, y).alpha() > 250
    }
    assert QColor(Theme().color("act")).name() in seen


def test_icons_grow_with_the_text(light):
    assert pixmap("house", "text", 20).deviceIndependentSize().width() == 20
    light.set_text_percent(200)
    assert pixmap("house", "text", 20).deviceIndependentSize().width() == 40


def test_a_second_use_comes_from_the_cache(light):
    assert pixmap("house", "text", 20).cacheKey() == pixmap("house", "text", 20).cacheKey()


def test_everything_is_read_once_at_the_start(application):
    assert read_all() == len(NAMES) + 1  # and the program's own mark


def test_the_programs_mark_keeps_its_colours(light):
    light_mark = pixmap("icon", "text", 28).toImage()
    light.set_theme("dark")
    assert pixmap("icon", "text", 28).toImage() == light_mark
    light.set_theme("light")
