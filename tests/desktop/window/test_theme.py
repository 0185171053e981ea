"""Colours that can be read, lengths that follow the text."""

import re

import pytest

from desktop.window.theme import RESOURCES, THEMES, TOKENS, Theme, style_sheet

TEXT_RATIO, SHAPE_RATIO = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11

GROUNDS = ("bg", "surface", "sunken")
TEXT_PAIRS = [
    *[(text, ground) for text in ("text", "text2") for ground in GROUNDS],
    *[("text", soft) for soft in ("primarySoft", "infoSoft", "okSoft", "lookSoft", "actSoft", "neutralSoft")],
    *[("primary", ground) for ground in (*GROUNDS, "primarySoft")],
    *[(base, f"{base}Soft") for base in ("info", "ok", "look", "act", "neutral")],
    *[(base, "surface") for base in ("info", "ok", "look", "act", "neutral")],
    *[("onPrimary", ground) for ground in ("primary", "primaryHover", "primaryPressed")],
    ("bg", "text"),
    ("surface", "actFill"),
]
SHAPE_PAIRS = [
    *[("control", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in GROUNDS],
    *[(f"{base}Fill", "surface") for base in ("info", "ok", "look", "act", "neutral")],
    *[(f"{base}Fill", f"{base}Soft") for base in ("info", "ok", "look", "act", "neutral")],
    ("primary", "sunken"),
]


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_can_be_read(name, text, ground):
    theme = Theme(name)
    assert contrast(theme.color(text), theme.color(ground)) >= TEXT_RATIO


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_shapes_and_outlines_can_be_seen(name, shape, ground):
    theme = Theme(name)
    assert contrast(theme.color(shape), theme.color(ground)) >= SHAPE_RATIO


def test_every_token_has_a_colour_for_every_look():
    assert all(re.fullmatch("#[0-9A-F]{6}", color) for row in TOKENS.values() for color in row)


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_filled_completely(name):
    sheet = style_sheet(Theme(name, 150))
    assert "@" not in sheet
    assert "font-size: 42px" in sheet  # 28 px at 150 %


def test_thin_lines_stay_thin_when_the_text_grows():
    assert "border: 2px solid" in style_sheet(Theme("light", 200))
    assert "border: 4px" not in style_sheet(Theme("light", 200))


def test_lengths_follow_the_text():
    assert Theme("light", 200).px(16) == 32
    assert Theme("light", 125).px(16) == 20


def test_the_text_can_be_made_larger_and_smaller_step_by_step(light):
    assert [light.step_text(1) for _ in range(4)] == [125, 150, 200, 200]
    assert light.step_text(-1) == 150
    assert light.step_text(0) == 100


def test_typeface_and_icons_come_with_their_licences():
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")
