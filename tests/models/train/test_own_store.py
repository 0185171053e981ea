import pytest

from detectors.contract.errors import ModelRefused
from detectors.engines.signed_manifest import own_trust, read_named
from models.train.own_store import install, take_back


@pytest.fixture
def places(tmp_path):
    made = tmp_path / "made"
    made.mkdir()
    return made, tmp_path / "models", tmp_path / "keys" / "models.key"


def put(places, text):
    made, folder, key = places
    (made / "flow_usual.onnx").write_bytes(text)
    (made / "flow_usual.toml").write_bytes(b"card of " + text)
    return install("flow_usual", made, folder, key)


def in_use(places):
    return read_named(places[1], "flow_usual", own_trust(places[1]))


def test_what_is_put_in_use_is_signed_with_a_key_that_lies_elsewhere(places):
    assert put(places, b"one") == 0
    assert in_use(places) == (b"one", b"card of one")
    assert places[2].stat().st_mode & 0o077 == 0
    assert not list(places[0].iterdir())
    (places[1] / "flow_usual.onnx").write_bytes(b"two")
    with pytest.raises(ModelRefused):
        in_use(places)


def test_every_model_before_comes_back_byte_for_byte_and_then_the_shipped_one(places):
    assert [put(places, text) for text in (b"one", b"two", b"three")] == [0, 1, 2]
    for text in (b"two", b"one"):
        assert take_back("flow_usual", *places[1:]) == "earlier"
        assert in_use(places) == (text, b"card of " + text)
    assert take_back("flow_usual", *places[1:]) == "shipped"
    assert not (places[1] / "flow_usual.onnx").exists()
    assert take_back("flow_usual", *places[1:]) == "none"


def test_models_of_other_names_stay_as_they_are(places):
    put(places, b"one")
    made, folder, key = places
    (made / "flow_rank.onnx").write_bytes(b"rank")
    (made / "flow_rank.toml").write_bytes(b"card")
    install("flow_rank", made, folder, key)
    assert take_back("flow_rank", folder, key) == "shipped"
    assert in_use(places) == (b"one", b"card of one")
