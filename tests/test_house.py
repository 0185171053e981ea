"""The house keeps its shape: what no import contract can say is checked here."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    "desktop", "detectors", "models", "rules", "resources", "tests", "docs", "benchmarks", ".ci",
    "main.py", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore",
}  # fmt: skip
DETECTOR_ROOMS = ("detectors.contract", "detectors.features", "detectors.engines")
DETECTOR_FILES = sorted(path for path in (ROOT / "detectors").glob("*.py") if path.name != "__init__.py")


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}


def tracked_files() -> list[Path]:
    try:
        listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("a bare machine has no git: nothing to list")
    if listing.returncode != 0:
        pytest.skip("not a git checkout: nothing to list")
    return [ROOT / name for name in listing.stdout.decode().split("\0") if name]


def test_the_top_level_holds_only_its_fixed_rooms():
    assert {path.relative_to(ROOT).parts[0] for path in tracked_files()} <= TOP_LEVEL


@pytest.mark.parametrize("path", DETECTOR_FILES, ids=lambda path: path.stem)
def test_a_detector_knows_only_the_shared_words_features_and_engines(path: Path):
    own = {name for name in imported_modules(path) if name.split(".")[0] in {"detectors", "desktop"}}
    assert {name for name in own if not name.startswith(DETECTOR_ROOMS)} == set()


def test_the_contract_imports_the_standard_library_alone_but_for_the_columns_of_traffic():
    for path in (ROOT / "detectors" / "contract").glob("*.py"):
        outside = {name.split(".")[0] for name in imported_modules(path)} - set(sys.stdlib_module_names)
        assert outside <= ({"detectors", "numpy"} if path.name == "traffic.py" else {"detectors"}), path.name


def test_nothing_dangerous_is_called():
    forbidden = {"eval", "exec", "pickle", "marshal", "shelve", "extractall", "unpack_archive"}
    for folder in ("desktop", "detectors", "models"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            called = {
                node.func.attr
                for node in ast.walk(tree)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            }
            imported = {name.split(".")[0] for name in imported_modules(path)}
            # ``QMenu.exec`` and friends are methods of Qt, not the builtin, so methods named exec are let be.
            assert not (named | imported | (called - {"exec"})) & forbidden, path


def test_no_file_of_ours_calls_a_shell():
    for path in [ROOT / "main.py", *(ROOT / "desktop").rglob("*.py"), *(ROOT / "detectors").rglob("*.py")]:
        keywords = [
            keyword
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call)
            for keyword in node.keywords
            if keyword.arg == "shell"
        ]
        assert keywords == [], path


def test_broad_handlers_stand_at_the_four_doors_only():
    doors = {
        "detectors/worker/registry.py",  # around one detector
        "detectors/telemetry/conversations.py",  # around one hostile conversation; it is counted
        "desktop/window/bridge.py",
        "desktop/console/cli.py",
    }
    found = set()
    for folder in ("desktop", "detectors"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ExceptHandler) and _is_broad(node):
                    found.add(path.relative_to(ROOT).as_posix())
    assert found <= doors


def _is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )


def test_everything_parses_on_the_oldest_python_we_promise():
    for folder in ("desktop", "detectors", "tests", "benchmarks"):
        for path in (ROOT / folder).rglob("*.py"):
            ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 11))


def test_no_test_file_pattern_lies_in_the_tree():
    needle = b"!ELIF-TSET-SURIVITNA-DRADNATS-RACIE"[::-1]  # written backwards, so that it stands nowhere whole
    assert [path for path in tracked_files() if path.is_file() and needle in path.read_bytes()] == []
