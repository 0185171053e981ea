"""LDAP: binds, searches, and what came back."""

from __future__ import annotations

import pytest

from detectors.contract.conversations import LdapMessage, Login
from detectors.telemetry.readers.base import NO, SURE, Piece
from detectors.telemetry.readers.ldap import START_TLS, LdapReader
from detectors.telemetry.readers.ldap_filters import filter_text
from tests.detectors.telemetry.readers.talk_builders import (
    CLIENT,
    SECRET,
    SERVER,
    UDP,
    der,
    der_number,
    ends,
    everything,
    ntlm_message,
    only,
    play,
)


def message(number: int, operation: bytes) -> bytes:
    return der(0x30, der_number(number), operation)


def bind(name: str, proof: bytes) -> bytes:
    return der(0x60, der_number(3), der(4, name.encode()), proof)


def result(tag: int, code: int) -> bytes:
    return der(tag, der_number(code, 0x0A), der(4), der(4))


def equal(name: str, value: str) -> bytes:
    return der(0xA3, der(4, name.encode()), der(4, value.encode()))


def search(base: str, condition: bytes, *attributes: str) -> bytes:
    names = der(0x30, *(der(4, one.encode()) for one in attributes))
    numbers = der_number(2, 0x0A) + der_number(0, 0x0A) + der_number(0) + der_number(0)
    return der(0x63, der(4, base.encode()), numbers, der(1, b"\0"), condition, names)


@pytest.mark.parametrize(("code", "outcome"), [(0, "ok"), (49, "failed")])
def test_a_simple_bind_is_a_sign_in_in_the_clear_and_its_password_is_nowhere(code: int, outcome: str):
    said = [(CLIENT, message(1, bind("cn=anna", der(0x80, SECRET.encode())))), (SERVER, message(1, result(0x61, code)))]
    notes = play(LdapReader, 389, said)
    login = only(notes, Login)
    assert (login.user, login.outcome, login.is_cleartext, login.mechanism) == ("cn=anna", outcome, True, "simple")
    assert only(notes, LdapMessage).result == code
    assert SECRET not in everything(notes)


def test_an_anonymous_bind_is_no_sign_in():
    notes = play(LdapReader, 389, [(CLIENT, message(1, bind("", der(0x80))))])
    assert (notes.of(Login), only(notes, LdapMessage).operation) == ((), "bind_simple")


def test_ntlm_within_a_bind_names_the_user_and_hides_the_secret():
    token = der(0xA3, der(4, b"GSS-SPNEGO"), der(4, ntlm_message(3, "anna", "HOME")))
    login = only(play(LdapReader, 389, [(CLIENT, message(1, bind("", token)))]), Login)
    assert (login.user, login.is_cleartext) == ("HOME\\anna", False)


@pytest.mark.parametrize("cut", [0, 1, 9])
def test_a_search_is_told_with_its_filter_and_the_number_of_its_answers(cut: int):
    condition = der(0xA0, equal("objectClass", "user"), der(0xA2, der(0x87, b"mail")))
    entry = message(2, der(0x64, der(4, b"cn=x"), der(0x30)))
    said = [
        (CLIENT, message(2, search("dc=home,dc=test", condition, "cn", "memberOf"))),
        (SERVER, entry * 3 + message(2, result(0x65, 0))),
    ]
    one = only(play(LdapReader, 3_268, said, cut=cut), LdapMessage)
    assert (one.operation, one.base, one.scope, one.entries, one.result) == ("search", "dc=home,dc=test", 2, 3, 0)
    assert one.filter == "(&(objectClass=user)(!(mail=*)))"
    assert one.attributes == ("cn", "memberOf")


def test_filters_of_all_kinds_read_as_people_write_them():
    parts = der(4, b"cn"), der(0x30, der(0x80, b"a"), der(0x81, b"b"), der(0x82, b"c"))
    assert filter_text(der(0xA4, *parts)) == "(cn=a*b*c)"
    assert filter_text(der(0xA4, der(4, b"cn"), der(0x30, der(0x81, b"b")))) == "(cn=*b*)"
    rule = der(0xA9, der(0x81, b"1.2.840"), der(0x82, b"flags"), der(0x83, b"2"))
    assert filter_text(rule) == "(flags:1.2.840:=2)"
    assert filter_text(equal("cn", "*)(x")) == "(cn=\\2a\\29\\28x)"


def test_a_filter_of_a_thousand_levels_ends():
    condition = der(0x87, b"cn")
    for _ in range(1_000):
        condition = der(0xA2, condition)
    assert len(filter_text(condition)) <= 1_024


def test_signed_messages_are_read_and_sealed_ones_are_not():
    inner = message(3, search("dc=home", der(0x87, b"cn")))

    def wrapped(flags: int) -> bytes:
        token = b"\5\4" + bytes([flags]) + b"\xff\0\x0c\0\x0c" + bytes(8) + bytes(12) + inner
        return len(token).to_bytes(4, "big") + token

    assert len(play(LdapReader, 389, [(CLIENT, wrapped(0))]).of(LdapMessage)) == 1
    assert play(LdapReader, 389, [(CLIENT, wrapped(2))]).of(LdapMessage) == ()


def test_after_starttls_nothing_is_taken_for_ldap():
    wish = message(1, der(0x77, der(0x80, START_TLS.encode())))
    later = message(2, bind("cn=anna", der(0x80, SECRET.encode())))
    notes = play(LdapReader, 389, [(CLIENT, wish), (SERVER, message(1, result(0x78, 0))), (CLIENT, later)])
    assert [one.operation for one in notes.of(LdapMessage)] == ["extended"]


def test_changes_name_their_object():
    change = message(4, der(0x66, der(4, b"cn=anna"), der(0x30)))
    one = only(play(LdapReader, 389, [(CLIENT, change), (SERVER, message(4, result(0x67, 50)))]), LdapMessage)
    assert (one.operation, one.base, one.result) == ("modify", "cn=anna", 50)


def test_a_question_without_connection_is_read_too():
    one = only(play(LdapReader, 389, [(CLIENT, message(1, search("", der(0x87, b"cn"))))], protocol=UDP), LdapMessage)
    assert one.operation == "search"


def test_ldap_is_known_by_its_tags():
    assert LdapReader.recognises(Piece(message(1, search("", der(0x87, b"cn"))), True, 1, 1.0), ends(1_389)) == SURE
    assert LdapReader.recognises(Piece(b"0\x05hello", True, 1, 1.0), ends(389)) == NO
