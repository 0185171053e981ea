from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.service.contacts import Contact, Helper, read_contacts
from desktop.service.explain import Explainer, Explanation, Office, Sign
from desktop.service.learning.rates import Rates
from desktop.service.learning.views import Share
from desktop.service.service import PROGRAM_FOLDER
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.finding import Evidence, Severity, Subject
from detectors.contract.places import ComputerFacts, known_places
from tests.factories import make_finding, network_finding

TEXTS = Texts(PROGRAM_FOLDER / "resources" / "texts")
EXPLANATIONS = PROGRAM_FOLDER / "resources" / "explanations"
PLACES = known_places(ComputerFacts("linux", "/home/maria"))
ANNA = Helper("Anna Weber", "+352 123", "9 to 5", "firm")
SAMPLE = """
reason = "sample"
how_sure = "fixed_rule"
who_can_help = "helper_then_national"
card = "sample"
technical = ["rules", "size_bytes"]
"""
WORDS = """
[{language}]
headline = "A document ({language})."
what_we_saw = "{{file}} in {{folder}} on {{computer}}, {{size_bytes}}."
why_it_matters = "It matters."
harmless = "Perhaps harmless."
learn_more = "A card"
what_to_do = [ {{ do = "Call {{helper}}.", note = "Tell about {{file}}." }}, {{ do = "Wait." }} ]
"""


def contact(id_: str, who: str, phone: str = "", web: str = "") -> Contact:
    return Contact(id_, "LU", id_.upper(), who, {}, phone, "", web, (), "2026-11-23", 1)


CONTACTS = (contact("circl", "firms", "247 88444"), contact("bee", "citizens"), contact("pol", "police", "113"))
OFFICE = Office("linux", PLACES, ANNA, CONTACTS, "Reception")


@pytest.fixture
def explainer(tmp_path: Path) -> Explainer:
    folder = tmp_path / "explanations"
    folder.mkdir()
    words = "".join(WORDS.format(language=language) for language in LANGUAGES)
    (folder / "sample.toml").write_text(SAMPLE + words, encoding="utf-8")
    return Explainer(TEXTS, folder)


def sample(name: str = "/home/maria/Downloads/invoice.docm", **changes):
    return make_finding(name, reason="sample", **changes)


def test_every_part_is_filled_in(explainer: Explainer):
    told = explainer.explain(sample(), "en", OFFICE)
    assert told.level == "Check today"
    assert told.headline == "A document (en)."
    assert told.what_we_saw == "invoice.docm in your downloads on Reception, 48.2\u00a0kB."
    assert told.how_sure.endswith("Perhaps harmless.")
    assert [(step.do, step.note) for step in told.what_to_do] == [
        ("Call Anna Weber.", "Tell about invoice.docm."), ("Wait.", "")
    ]  # fmt: skip
    assert told.who_can_help == "Anna Weber · +352 123 · 9 to 5, then CIRCL (247 88444)."
    assert told.learn_more == "A card"
    assert told.headline_values == ("invoice.docm",)
    assert told.signs == (Sign("Starts by itself", found=True), Sign("Fetches more from the internet", found=False))


def test_the_language_can_change_afterwards(explainer: Explainer):
    told = {language: explainer.explain(sample(), language, OFFICE) for language in LANGUAGES}
    assert [told[language].headline for language in LANGUAGES] == [
        f"A document ({language})." for language in LANGUAGES
    ]
    assert [told[language].level for language in LANGUAGES] == [
        "Check today", "À vérifier aujourd'hui", "Heute prüfen", "Haut kucken"
    ]  # fmt: skip
    assert len({told[language].who_can_help for language in LANGUAGES}) == 4


def test_found_signs_come_first(explainer: Explainer):
    finding = sample(evidence=(Evidence("sign_fetches_more", False), Evidence("sign_starts_by_itself", True),
                               Evidence("sign_never_heard_of", True), Evidence("sign_odd", "yes")))  # fmt: skip
    assert [(sign.text, sign.found) for sign in explainer.explain(finding, "en", OFFICE).signs] == [
        ("Starts by itself", True), ("never heard of", True), ("Fetches more from the internet", False)
    ]  # fmt: skip


def test_the_technical_part_is_exact_and_the_wanted_facts_come_first(explainer: Explainer):
    told = explainer.explain(sample(), "en", OFFICE).technical
    assert [label for label, _ in told][:4] == ["Full path", "Matching rules", "Size", "Fingerprint (SHA-256)"]
    values = dict(told)
    assert values["Full path"] == "/home/maria/Downloads/invoice.docm"
    assert values["Size"] == "48,212 bytes"
    assert values["How it was found"] == "found by a file pattern"
    assert values["First seen"] == "2026-11-23T09:10:00+00:00"
    assert values["Number of this finding"] == sample().id
    assert not any(label.startswith("sign") for label, _ in told)


def test_what_is_usual_stands_beside_what_was_seen(explainer: Explainer):
    path = explainer._folder / "sample.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("{size_bytes}", "{ports}, usually {usual_ports}"), "utf-8")
    told = explainer.explain(sample(evidence=(Evidence("ports", 1_480, 3),)), "en", OFFICE)
    assert told.what_we_saw.endswith("Reception, 1,480, usually 3.")


def test_a_port_is_a_name_and_its_digits_are_not_grouped(explainer: Explainer):
    path = explainer._folder / "sample.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("{size_bytes}", "door {port}"), "utf-8")
    told = explainer.explain(sample(evidence=(Evidence("port", 3389), Evidence("ports", 3389))), "en", OFFICE)
    assert told.what_we_saw.endswith("door 3389.")
    assert [value for _, value in told.technical if "389" in value] == ["3389", "3,389"]


def test_a_reason_with_several_shapes_is_told_by_its_strongest_evidence(explainer: Explainer):
    path = explainer._folder / "sample.toml"
    shape = '[en.when.requests]\nheadline = "Asked {requests} times."\n'
    path.write_text(path.read_text(encoding="utf-8") + shape, encoding="utf-8")
    asked, served = Evidence("requests", 50), Evidence("servers", 2)
    told = explainer.explain(sample(evidence=(asked, served)), "en", OFFICE)
    assert (told.headline, told.why_it_matters) == ("Asked 50 times.", "It matters.")
    assert explainer.explain(sample(evidence=(served, asked)), "en", OFFICE).headline == "A document (en)."
    assert explainer.explain(sample(evidence=()), "en", OFFICE).headline == "A document (en)."


def test_what_a_learned_model_looked_at_is_a_sign_with_what_is_usual(explainer: Explainer):
    evidence = (Evidence("flow_out_bytes", 4.2e9, 2e8, "bytes"), Evidence("flow_duration_s", 2_400.0, 61.0, "s"))
    told = explainer.explain(sample(evidence=evidence), "en", OFFICE)
    assert told.signs == (
        Sign("data sent: usually 200\u00a0MB, here 4.2\u00a0GB", found=True),
        Sign("length of the connection: usually 61\u00a0s, here 40\u00a0min", found=True),
    )
    assert "data sent" in dict(told.technical)


def how_sure(explainer: Explainer, judged: tuple[int, int] = (0, 0), **changes) -> str:
    office = replace(OFFICE, judged=lambda _reason: judged)
    return explainer.explain(sample(**changes), "en", office).how_sure


def test_no_rate_was_measured_so_no_number_is_told(explainer: Explainer):
    assert not any(letter.isdigit() for letter in how_sure(explainer))


def rated(explainer: Explainer, cases: int = 100, harmless: int = 9) -> Explainer:
    share = Share(cases, harmless / cases, 0.0481, 0.1623)
    return Explainer(TEXTS, explainer._folder, Rates({("sample", "medium"): share}).of)


def test_a_rate_is_told_from_a_hundred_measured_cases_on(explainer: Explainer):
    with_rate = rated(explainer)
    assert "about 9 of 100" in how_sure(with_rate)
    assert "between 4 and 17" in how_sure(with_rate)
    too_few = rated(explainer, cases=99)
    assert how_sure(too_few) == how_sure(explainer)


def test_a_rate_belongs_to_a_strength_of_an_alarm(explainer: Explainer):
    with_rate = rated(explainer)
    assert how_sure(with_rate, severity=Severity.LOW) == how_sure(explainer, severity=Severity.LOW)
    told = with_rate.explain(sample(), "en", OFFICE)
    assert told.rate is not None
    assert (told.rate.cases, told.rate.harmless) == (100, 9)
    assert with_rate.explain(sample(severity=Severity.LOW), "en", OFFICE).rate is None


def test_what_matched_a_rule_stays_certain_beside_the_rate(explainer: Explainer):
    assert how_sure(rated(explainer)).startswith("The signs are there, that is certain. In our tests, about 9 of 100")


def test_no_rate_stands_beside_a_file_that_is_known_letter_by_letter(explainer: Explainer):
    path = explainer._folder / "sample.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("fixed_rule", "known_file"), encoding="utf-8")
    told = rated(explainer).explain(sample(), "en", OFFICE)
    assert told.rate is None
    assert not any(letter.isdigit() for letter in told.how_sure)


def test_this_offices_own_experience_is_told_from_twenty_judgements_on(explainer: Explainer):
    assert how_sure(explainer, (3, 19)) == how_sure(explainer)
    assert how_sure(explainer, (3, 20)).endswith("Here, 3 of the last 20 were marked harmless.")


def help_line(rule: str, **changes) -> str:
    return Explainer(TEXTS, EXPLANATIONS).who_can_help(rule, "en", replace(OFFICE, **changes))


def test_the_offices_own_helper_comes_first():
    anna = "Anna Weber · +352 123 · 9 to 5"
    assert help_line("helper") == f"{anna}."
    assert help_line("helper_then_national") == f"{anna}, then CIRCL (247 88444)."
    assert help_line("helper_then_national_and_police") == f"{anna}, then CIRCL (247 88444), then POL (113)."
    assert help_line("trainer") == f"{anna}, then the person who gives the course."


def test_without_a_helper_there_is_still_somebody_to_call():
    nobody = Helper("", "", "", "nobody")
    somebody = TEXTS.get("help.somebody", "en")
    somebody = f"{somebody[0].upper()}{somebody[1:]}."
    assert help_line("helper", helper=None) == somebody
    assert help_line("helper", helper=nobody) == "CIRCL (247 88444)."
    assert help_line("helper", helper=nobody, contacts=()) == somebody
    told = Explainer(TEXTS, EXPLANATIONS).helper_words("en", replace(OFFICE, helper=nobody))
    assert told == "CIRCL"


def test_hostile_values_are_harmless_in_every_sentence(explainer: Explainer):
    name = "/home/maria/\x1b[31m<b>x\u202e/" + "n" * 4000 + "\r\n{helper}\udce9.docm"
    office = replace(OFFICE, helper=Helper("A\x1bB" + "x" * 300, "1\n2", "", "firm"), computer="\u202eC")
    told = explainer.explain(sample(name), "en", office)
    for text in every_text(told):
        text.encode("utf-8")
        assert not set(text) & {"\x1b", "\n", "\r", "\u202e"}, text
    assert "{helper}" in told.headline_values[0] or "…" in told.headline_values[0]
    assert told.headline_values[0].endswith(".docm")
    assert told.headline_values[0] in told.what_we_saw


def every_text(told: Explanation) -> list[str]:
    return [
        told.headline, told.what_we_saw, told.why_it_matters, told.how_sure, told.who_can_help, told.learn_more,
        *(part for step in told.what_to_do for part in (step.do, step.note)),
        *(part for pair in told.technical for part in pair), *(sign.text for sign in told.signs), *told.headline_values,
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["from_a_newer_version", "../texts/skip", "", "a b"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_without_words_of_its_own_gets_honest_general_ones(reason: str, language: str):
    told = Explainer(TEXTS, EXPLANATIONS).explain(make_finding(reason=reason), language, OFFICE)
    assert told.headline
    assert len(told.what_to_do) == 2
    assert all("[" not in text for text in (told.level, told.how_sure, told.who_can_help))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(path.stem for path in EXPLANATIONS.glob("*.toml")))
def test_every_reason_can_be_explained_whatever_it_carries(reason: str, language: str):
    bare = make_finding(reason=reason, evidence=(), techniques=(), subject=Subject.file(""), severity=Severity.HIGH)
    for finding in (bare, make_finding(reason=reason)):
        told = Explainer(TEXTS, EXPLANATIONS).explain(finding, language, OFFICE)
        assert told.language == language
        assert all(told.what_to_do)
        assert 2 <= len(told.what_to_do) <= 5
        assert not any("{" in text for text in every_text(told))


def test_the_contact_list_is_read_in_order_and_a_missing_one_is_empty(tmp_path: Path):
    contacts = read_contacts(PROGRAM_FOLDER / "resources" / "contacts.toml")
    here = [one for one in contacts if one.country == "LU"]
    assert here[0].id == "circl"
    assert here[0].words == f"CIRCL ({here[0].phone})"
    assert here[0].phone
    assert [one.order for one in here] == sorted(one.order for one in here)
    assert [one.is_police for one in here].count(True) == 1
    assert read_contacts(tmp_path / "nothing.toml") == []
    assert contact("a", "firms", web="a.example").words == "A (a.example)"
    assert contact("a", "firms").words == "A"


# --- computers ----------------------------------------------------------------------------------------------------
HOST_WORDS = """
[{language}]
headline = "{{host}} tried {{ports}} doors."
what_we_saw = "{{host}} called {{other_side}}."
why_it_matters = "It matters."
harmless = "Perhaps harmless."
learn_more = "A card"
what_to_do = [ {{ do = "Call {{helper}} about {{host}}." }}, {{ do = "Wait." }} ]
"""


@pytest.fixture
def host_explainer(tmp_path: Path) -> Explainer:
    words = "".join(HOST_WORDS.format(language=language) for language in LANGUAGES)
    (tmp_path / "port_scan_vertical.toml").write_text(SAMPLE.replace('"sample"', '"port_scan_vertical"', 1) + words)
    return Explainer(TEXTS, tmp_path)


def test_a_computer_is_named_by_its_address_alone_in_a_recording(host_explainer: Explainer):
    here = replace(OFFICE, own_addresses=frozenset({"192.0.2.7"}))
    told = host_explainer.explain(network_finding(), "en", here)
    assert told.headline == "192.0.2.7 tried 480 doors."
    assert told.what_we_saw == "192.0.2.7 called 192.0.2.9."
    assert told.headline_values == ("192.0.2.7",)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "this computer"), ("fr", "cet ordinateur"), ("de", "dieser Computer")]
)
def test_this_computer_is_known_in_its_own_traffic(host_explainer: Explainer, language: str, words: str):
    here = replace(OFFICE, own_addresses=frozenset({"192.0.2.7"}))
    live = network_finding(source="eth0", identity=("2026-11-23",))
    assert host_explainer.explain(live, language, here).headline.startswith(f"192.0.2.7 ({words}) ")


def test_experts_get_address_source_and_the_first_packets(host_explainer: Explainer):
    finding = network_finding(records=tuple(range(1, 60)))
    technical = dict(host_explainer.explain(finding, "en", OFFICE).technical)
    assert (technical["Address"], technical["Other side"], technical["Seen in"]) == (
        "192.0.2.7",
        "192.0.2.9",
        "office.pcap",
    )
    assert technical["Packets"] == ", ".join(map(str, range(1, 21))) + " ..."
    assert "Full path" not in technical


def test_a_hostile_name_of_a_computer_is_harmless(host_explainer: Explainer):
    told = host_explainer.explain(network_finding(subject=Subject("host", "\x1b[31m\u202e")), "en", OFFICE)
    assert told.headline.startswith("\u241b[31m\u21c4 tried")


def test_a_computer_without_words_of_its_own_gets_honest_general_ones():
    told = Explainer(TEXTS, EXPLANATIONS).explain(network_finding(reason="not_written_yet"), "en", OFFICE)
    assert "192.0.2.7" in told.what_we_saw
    assert "?" not in told.what_we_saw
