"""The YARA engine: packs, externals, limits, broken rules, the private cache."""

import os
import threading
import time

import pytest

from detectors.contract.errors import CheckUnfinished, SkipReason
from detectors.engines import yara_engine
from detectors.engines.yara_engine import YaraEngine, check_rules, describe_file

TREE = 'rule Tree { meta: reason = "test_file" percent = 80 strings: $a = "oak" $b = "elm" condition: any of them }'
HEAVY = "rule Heavy { condition: for all i in (1..9999999999) : ( uint8(i % filesize) < 200 ) }"


def write_packs(folder, **packs):
    for name, text in packs.items():
        (folder / f"{name}.yar").write_text(text)
    return folder


def test_a_match_names_its_pack_rule_meta_and_first_place(tmp_path):
    engine = YaraEngine.from_folder(write_packs(tmp_path, woods=TREE))
    (match,) = engine.match(b"an elm and an oak", timeout_s=5)
    assert (match.pack, match.rule, match.first_offset) == ("woods", "Tree", 3)
    assert match.meta == {"reason": "test_file", "percent": 80}
    assert engine.metas == (match.meta,)
    assert engine.match(b"a birch", timeout_s=5) == []


def test_equal_rule_names_in_two_packs_do_not_clash(tmp_path):
    engine = YaraEngine.from_folder(write_packs(tmp_path, north=TREE, south=TREE))
    assert [match.pack for match in engine.match(b"oak", 5)] == ["north", "south"]


def test_rules_may_ask_for_name_ending_and_depth(tmp_path):
    rule = 'rule Named { condition: filename == "Letter.TXT" and extension == "txt" and depth == 2 }'
    engine = YaraEngine.from_folder(write_packs(tmp_path, names=rule))
    assert [match.first_offset for match in engine.match(b"", 5, describe_file("Letter.TXT", 2))] == [None]
    assert engine.match(b"", 5, describe_file("Letter.TXT", 1)) == []
    assert engine.match(b"", 5) == []


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.tar.GZ", "gz"), ("noending", ""), (".bashrc", ""), ("end.", ""), ("bad\udc80.do\udcffc", "do\\udcffc")],
)
def test_hostile_names_are_made_safe_for_the_library(tmp_path, name, extension):
    facts = describe_file(name, 0)
    assert facts["extension"] == extension
    engine = YaraEngine.from_folder(write_packs(tmp_path, any="rule Any { condition: filename != extension }"))
    assert len(engine.match(b"x", 5, facts)) == 1


def test_a_zero_byte_in_a_name_does_not_cut_it():
    assert describe_file("a\0b.exe", 0) == {"filename": "a\\x00b.exe", "extension": "exe", "depth": 0}


def test_the_time_limit_stops_a_heavy_rule(tmp_path):
    engine = YaraEngine.from_folder(write_packs(tmp_path, heavy=HEAVY))
    started = time.monotonic()
    with pytest.raises(CheckUnfinished) as caught:
        engine.match(b"acd", timeout_s=1)
    assert time.monotonic() - started < 2.5
    assert caught.value.reason is SkipReason.TIME_LIMIT
    assert caught.value.values == {"limit_s": 1}


def test_a_million_matches_of_one_string_are_no_error(tmp_path):
    rule = 'rule Many { strings: $a = "aa" condition: #a > 10 }'
    engine = YaraEngine.from_folder(write_packs(tmp_path, many=rule))
    assert [match.rule for match in engine.match(b"a" * 1_200_000, 20)] == ["Many"]


def test_a_broken_pack_is_told_and_does_not_disable_the_others(tmp_path):
    engine = YaraEngine.from_folder(write_packs(tmp_path, woods=TREE, broken="rule Broken {\n  condition: nonsense\n}"))
    assert [match.rule for match in engine.match(b"oak", 5)] == ["Tree"]
    (problem,) = engine.problems
    assert (problem.path, problem.line) == (str(tmp_path / "broken.yar"), 2)
    assert "nonsense" in problem.problem


def test_a_folder_without_rules_is_told(tmp_path):
    engine = YaraEngine.from_folder(tmp_path)
    assert engine.problems[0].problem == "no rule file in this folder"
    assert engine.match(b"oak", 5) == []


@pytest.mark.parametrize("text", ["", "/* " + TREE, "// nothing\n"])
def test_zero_rules_are_an_error(tmp_path, text):
    path = write_packs(tmp_path, empty=text) / "empty.yar"
    checked = check_rules(str(path))
    assert checked.rules == ()
    assert "no rule" in checked.problems[0].problem


def test_rules_cannot_include_other_files(tmp_path):
    (tmp_path / "secret.txt").write_text("password = hunter2")
    write_packs(tmp_path, taker=f'include "{tmp_path}/secret.txt"\n{TREE}')
    checked = check_rules(str(tmp_path))
    assert checked.rules == ()
    assert "hunter2" not in repr(checked)
    assert checked.problems[0].line == 1


@pytest.mark.parametrize(
    "text",
    ["root:x:0:0:my secret line:/root:/bin/bash\n", 'rule a { strings: $a = "my secret line\n', '"my secret line"'],
)
def test_errors_do_not_repeat_lines_of_the_file(tmp_path, text):
    path = write_packs(tmp_path, leak=text) / "leak.yar"
    checked = check_rules(str(path))
    assert len(checked.problems) == 1
    assert "secret" not in checked.problems[0].problem


def test_private_rules_are_helpers_and_not_listed(tmp_path):
    write_packs(tmp_path, two="private rule Helper { condition: filesize > 0 } rule Shown { condition: Helper }")
    assert [rule.name for rule in check_rules(str(tmp_path)).rules] == ["Shown"]


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00r", b"rule \xe9 { condition: true }"])
def test_a_file_that_is_no_text_is_told(tmp_path, raw):
    (tmp_path / "odd.yar").write_bytes(raw)
    assert "not" in check_rules(str(tmp_path / "odd.yar")).problems[0].problem


def test_a_missing_file_and_a_pipe_are_told(tmp_path):
    os.mkfifo(tmp_path / "pipe.yar")
    for name in ("missing.yar", "pipe.yar"):
        assert check_rules(str(tmp_path / name)).problems[0].problem == "the file cannot be read"


def test_two_threads_match_over_one_engine(tmp_path):
    engine = YaraEngine.from_folder(write_packs(tmp_path, woods=TREE))
    counts = []

    def work(word, expected):
        counts.append(sum(len(engine.match(word, 5)) == expected for _ in range(300)))

    threads = [threading.Thread(target=work, args=pair) for pair in ((b"oak", 1), (b"birch", 0))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [300, 300]


class TestCache:
    @pytest.fixture
    def compiled(self, monkeypatch):
        """Counts how often the compiler runs."""
        calls = []
        compile_ = yara_engine._compile
        monkeypatch.setattr(yara_engine, "_compile", lambda sources: calls.append(1) or compile_(sources))
        return calls

    @pytest.fixture
    def folders(self, tmp_path):
        rules, cache = tmp_path / "rules", tmp_path / "cache"
        rules.mkdir()
        return write_packs(rules, woods=TREE), cache

    def test_the_second_start_compiles_nothing_and_finds_the_same(self, folders, compiled):
        first = YaraEngine.from_folder(*folders)
        assert compiled
        compiled.clear()
        second = YaraEngine.from_folder(*folders)
        assert not compiled
        assert second.match(b"oak", 5) == first.match(b"oak", 5) != []
        assert second.metas == first.metas

    def test_it_is_private(self, folders):
        YaraEngine.from_folder(*folders)
        (kept,) = folders[1].iterdir()
        assert folders[1].stat().st_mode & 0o777 == 0o700
        assert kept.stat().st_mode & 0o777 == 0o600

    def test_changed_rules_are_compiled_again(self, folders, compiled):
        YaraEngine.from_folder(*folders)
        compiled.clear()
        write_packs(folders[0], woods=TREE.replace("oak", "fir"))
        assert [match.rule for match in YaraEngine.from_folder(*folders).match(b"fir", 5)] == ["Tree"]
        assert compiled

    @pytest.mark.parametrize("spoil", ["file_mode", "folder_mode", "bytes", "cut", "symlink"])
    def test_a_kept_file_that_others_could_have_written_is_not_loaded(self, folders, compiled, spoil):
        YaraEngine.from_folder(*folders)
        cache = folders[1]
        (kept,) = cache.iterdir()
        body = kept.read_bytes()
        if spoil == "file_mode":
            kept.chmod(0o620)
        elif spoil == "folder_mode":
            cache.chmod(0o770)
        elif spoil == "bytes":
            kept.write_bytes(body[:200] + bytes([body[200] ^ 1]) + body[201:])
        elif spoil == "cut":
            kept.write_bytes(body[:20])
        else:
            kept.rename(cache.parent / "elsewhere")
            kept.symlink_to(cache.parent / "elsewhere")
        compiled.clear()
        engine = YaraEngine.from_folder(*folders)
        assert compiled
        assert len(engine.match(b"oak", 5)) == 1

    def test_a_folder_that_cannot_be_used_does_no_harm(self, folders):
        folders[1].write_text("a file where the folder should be")
        assert len(YaraEngine.from_folder(*folders).match(b"oak", 5)) == 1

    def test_broken_packs_are_told_at_every_start(self, folders):
        write_packs(folders[0], broken="rule {")
        assert len(YaraEngine.from_folder(*folders).problems) == 1
        assert len(YaraEngine.from_folder(*folders).problems) == 1
