"""NTLM: who signs in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.readers import ntlm
from tests.detectors.telemetry.readers.talk_builders import ntlm_message


def test_the_third_message_names_user_domain_and_computer_within_any_wrapping():
    found = ntlm.find(b"\x60\x40wrapping" + ntlm_message(3, "anna", "HOME"))
    assert found == ntlm.Ntlm(3, "anna", "HOME", "PC")
    assert found.account == "HOME\\anna"


@pytest.mark.parametrize("kind", [1, 2])
def test_the_first_two_name_nobody(kind: int):
    assert ntlm.find(ntlm_message(kind)) == ntlm.Ntlm(kind)


def test_an_anonymous_sign_in_has_no_account():
    assert ntlm.find(ntlm_message(3, "", "HOME")).account == ""


def test_names_with_control_letters_are_written_out():
    assert ntlm.find(ntlm_message(3, "a\x1b[2J\u202e", "D")).user == "a\\x1b[2J\\x202e"


@given(st.binary(max_size=120))
def test_any_bytes_behind_the_signature_are_borne(data):
    found = ntlm.find(ntlm.SIGNATURE + data)
    assert found is None or len(found.user) <= 256
