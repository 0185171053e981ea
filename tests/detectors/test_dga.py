import random
import string
from itertools import pairwise
from pathlib import Path

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Severity
from detectors.dga import MODEL, Dga
from tests.traffic_factories import HOME, MORNING_S, alarms_of, facts_of, make_dns, make_http, make_traffic

WORDS = [
    "garden",
    "river",
    "summer",
    "window",
    "bridge",
    "letter",
    "market",
    "winter",
    "castle",
    "forest",
    "harbor",
    "valley",
]


def alarms(dns):
    return alarms_of(Dga(), make_traffic(dns=dns))


def miss(names, every_s=1.0, **changes):
    return [
        make_dns(
            name, **({"is_response": True, "rcode": 3, "at_s": MORNING_S + n * every_s, "record": n + 1} | changes)
        )
        for n, name in enumerate(names)
    ]


def make_up(count, letters=12):
    dice = random.Random(11)
    return ["".join(dice.choices(string.ascii_lowercase, k=letters)) for _ in range(count)]


def test_a_burst_of_made_up_names_is_found():
    names = [f"{name}.example-{n}.com" for n, name in enumerate(make_up(2))] + [f"{name}.net" for name in make_up(20)]
    (finding,) = alarms(miss(names))
    assert finding.subject.name == HOME
    assert facts_of(finding)["unknown_names"] == 20
    assert facts_of(finding)["machine_made"] >= 15
    assert len(finding.records) == 20


def test_names_joined_from_words_are_found_by_their_number():
    assert len(alarms(miss([f"{first}{second}.com" for first, second in pairwise(WORDS)]))) == 1


def test_a_few_mistyped_names_stay_quiet():
    assert alarms(miss([f"{word}.com" for word in WORDS[:5]])) == []


def test_a_browsers_probes_without_a_dot_stay_quiet():
    assert alarms(miss(make_up(3) * 2)) == []
    assert alarms(miss([f"{name}.office.example" for name in make_up(12)])) == []


def test_office_names_asked_outside_stay_quiet():
    assert alarms(miss([f"printer{n}.corp.example.com" for n in range(40)])) == []


def test_reputation_lists_services_and_backward_names_stay_quiet():
    lists = [f"{n}.2.0.192.list{n}.example.org" for n in range(20)]
    backward = [f"{n}.1.168.192.in-addr.arpa" for n in range(20)]
    services = [f"_ldap._tcp.site{n}.com" for n in range(20)]
    assert alarms(miss(lists) + miss(backward, qtype=12) + miss(services, qtype=33)) == []


def test_a_domain_that_answers_for_another_name_exists():
    names = [f"{name}.net" for name in make_up(20)]
    assert alarms(miss(names) + miss([f"www.{name}" for name in names], rcode=0)) == []


def test_surfing_behind_a_resolver_that_blocks_stays_quiet():
    pages = miss([f"{word}page.com" for word in WORDS], rcode=0)
    assert alarms(pages + miss([f"{word}tracker.com" for word in WORDS[:8]])) == []


def test_one_label_under_many_endings_is_found():
    assert len(alarms(miss([f"goldenriver.{end}" for end in ("com", "net", "top", "space")]))) == 1


def test_failed_servers_count_only_for_made_up_names():
    assert alarms(miss([f"{word}.com" for word in WORDS], rcode=2)) == []
    assert len(alarms(miss([f"{name}.com" for name in make_up(12)], rcode=2))) == 1


def test_unknown_names_spread_over_the_day_stay_quiet():
    assert alarms(miss([f"{word}.com" for word in WORDS], every_s=3600.0)) == []


def test_a_drawn_name_in_use_is_found_and_a_clicked_one_stays_quiet():
    visits = [make_http(f"/{n}", host="kx72b9q4.top", headers={}) for n in range(3)]
    (finding,) = alarms_of(Dga(), make_traffic(http=visits))
    assert facts_of(finding)["examples"] == ["kx72b9q4.top"]
    clicked = [make_http(host="kx72b9q4.top", headers={"referer": "http://www.example.com/"})] * 3
    assert alarms_of(Dga(), make_traffic(http=clicked)) == []


ROOT = Path(__file__).parents[2]
LEARNED = Dga.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))


def learned(dns):
    return alarms_of(LEARNED, make_traffic(dns=dns))


def test_the_model_that_is_shipped_can_be_used():
    assert LEARNED.gaps() == ()


def test_three_computed_names_are_found_by_the_model_and_its_reasons_are_told():
    (finding,) = learned(miss([f"{name}.net" for name in make_up(3, letters=14)]))
    facts = facts_of(finding)
    assert facts["models"] == [MODEL]
    assert finding.severity == Severity.MEDIUM
    reasons = [one for one in finding.evidence if one.name.startswith("name_")]
    assert 1 <= len(reasons) <= 3
    assert all(one.usual is not None for one in reasons)


def test_the_model_hears_what_the_rule_does_not():
    names = [f"{label}.com" for label in ("x48808554", "z28962041", "h25857150")]
    assert alarms(miss(names)) == []
    assert len(learned(miss(names))) == 1


def test_the_model_is_quiet_about_blocked_trackers_that_alarm_the_rule():
    names = ["adsrvr7.com", "smrtlnks.com", "crwdpxl.com", *(f"{word}metrics.com" for word in WORDS[:9])]
    surfed = miss([f"{word}page.com" for word in WORDS] * 2, rcode=0)
    surfed += miss([f"{word}shop.com" for word in WORDS], rcode=0)
    assert len(alarms(surfed + miss(names))) == 1
    assert learned(surfed + miss(names)) == []


def test_names_of_other_languages_stay_quiet():
    words = ["szczecin", "skrzypce", "czeresnia", "zhengzhou", "xinwen"]
    assert learned(miss([f"{word}.com" for word in words])) == []


def test_computed_names_that_exist_are_not_said_on_the_models_word():
    assert learned(miss([f"{name}.net" for name in make_up(20)], rcode=0)) == []


def test_a_model_that_cannot_be_used_is_said_and_the_rule_goes_on(tmp_path):
    detector = Dga.build(DetectorContext(ROOT / "rules", None, tmp_path))
    (gap,) = detector.gaps()
    assert gap.reason == SkipReason.MODEL_REFUSED
    assert gap.subject.name == MODEL
    assert len(alarms_of(detector, make_traffic(dns=miss([f"{name}.net" for name in make_up(4)])))) == 1


@pytest.mark.parametrize("name", ["\udcff" * 70, "a" * 300, "..", "é.com", "-.-"])
def test_hostile_names_do_not_stop_it(name):
    assert learned(miss([name] * 3 + ["b.com"])) == []
