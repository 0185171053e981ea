"""Esc goes back the way one came."""

from desktop.window.trail import Trail


def test_the_way_back_is_the_way_there():
    trail = Trail()
    for step in (("home",), ("findings",), ("finding", "a1")):
        trail.go(*step)
    assert trail.here == ("finding", "a1")
    assert trail.go_back()
    assert trail.here == ("findings", "")
    assert trail.go_back()
    assert not trail.go_back()
    assert trail.here == ("home", "")


def test_going_round_in_circles_does_not_make_the_way_longer():
    trail = Trail()
    for _ in range(20):
        trail.go("home")
        trail.go("settings")
    assert trail.go_back()
    assert not trail.go_back()


def test_nobody_goes_back_to_the_welcome():
    trail = Trail()
    trail.go("welcome")
    trail.go("check")
    assert not trail.go_back()


def test_before_the_first_page_there_is_nothing():
    assert Trail().here == ("", "")
    assert not Trail().go_back()
