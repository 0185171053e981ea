"""Makers are known by their whole domain."""

from __future__ import annotations

import pytest

from detectors.features.makers import is_of_maker


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("download.windowsupdate.com", True),
        ("MICROSOFT.COM.", True),
        ("notmicrosoft.com", False),
        ("microsoft.com.example.net", False),
        ("", False),
    ],
)
def test_makers(host, known):
    assert is_of_maker(host) is known
