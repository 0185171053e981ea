"""A family begins below the furniture of a session; a shell is judged by who opened it."""

from detectors.contract.programs import MAX_CHAIN
from detectors.features.program_tree import chain_names, is_furniture, nearest_non_shell, tree_key, tree_root
from tests.program_factories import chain, family, program, stranger

EXPLORER = {"path": r"C:\Windows\explorer.exe"}


def test_a_family_begins_below_the_furniture():
    last = chain("services.exe", "svchost.exe", "winword.exe", "cmd.exe", "whoami.exe")
    assert tree_root(last).name == "winword.exe"


def test_furniture_itself_is_its_own_family():
    last = chain("services.exe", "svchost.exe")
    assert tree_root(last) is last


def test_who_borrows_the_name_of_furniture_is_none():
    false = program("explorer.exe", path=r"C:\Users\eve\explorer.exe")
    assert is_furniture(program("explorer.exe", **EXPLORER))
    assert not is_furniture(false)
    assert tree_root(program("cmd.exe", parent=false)) is false


def test_the_key_stays_while_the_family_lives():
    last = chain("explorer.exe", "cmd.exe", "whoami.exe")
    assert {tree_key(one) for one in family(last)[1:]} == {f"{last.parent.pid}@{last.parent.started_s:.3f}"}


def test_the_key_falls_back_to_line_and_name():
    assert tree_key(program("a.exe", record=7, started_s=None)) == "line 7"
    assert tree_key(stranger("a.exe", pid=None)) == " a.exe"


def test_shells_are_passed_over():
    last = chain("winword.exe", "cmd.exe", "powershell.exe", "whoami.exe")
    assert nearest_non_shell(last).name == "winword.exe"
    assert nearest_non_shell(program("cmd.exe")) is None


def test_the_way_down_names_the_furniture_above_and_is_short():
    assert chain_names(chain("explorer.exe", "winword.exe", "cmd.exe")) == ["explorer.exe", "winword.exe", "cmd.exe"]
    assert len(chain_names(chain(*["a.exe"] * 30))) == 8


def test_a_circle_of_parents_ends():
    one, other = program("a.exe"), program("b.exe")
    one.parent, other.parent = other, one
    assert len(list(one.parents())) == MAX_CHAIN
    assert tree_key(one)
