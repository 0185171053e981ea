from detectors.features.check_ins import shape_of
from tests.traffic_factories import make_http


def test_reports_are_counted_by_hand():
    posts = [make_http("/gate", method="POST", body_bytes=118, answer_bytes=size) for size in (12, 12, 12, 900)]
    shape = shape_of([*posts, make_http("/page", answer_bytes=12)])
    assert shape.is_silent
    assert (shape.same_answer, shape.answer_bytes) == (0.8, 12)
    assert (shape.posted, shape.same_body) == (0.8, 1.0)
    assert shape.disguises == 1
    assert shape.is_report
    assert not shape.is_disguised


def test_two_pages_with_one_answer_are_a_disguise_and_two_with_their_own_are_not():
    assert shape_of([make_http(path, answer_bytes=149) for path in ["/a", "/b", "/a", "/b"]]).is_disguised
    assert not shape_of([make_http(path, answer_bytes=len(path)) for path in ["/a", "/bb", "/a", "/bb"]]).is_disguised
    assert not shape_of([make_http(path, answer_bytes=0) for path in ["/a", "/b", "/a", "/b"]]).is_disguised


def test_a_browser_names_its_language_and_a_program_need_not():
    honest = {"user_agent": "weather/2.1", "headers": {}}
    assert shape_of([make_http(headers={"accept-language": "de"})]).is_posing is False
    assert shape_of([make_http(**honest)]).is_posing is False
    assert shape_of([make_http(headers={})] * 3).is_poll_in_disguise


def test_requests_that_come_from_a_page_are_not_silent():
    assert not shape_of([make_http(headers={"referer": "http://www.example.com/"})]).is_silent
    assert not shape_of([make_http(answer_bytes=500_000)]).is_silent
    assert not shape_of([make_http(method="PROPFIND")]).is_silent
