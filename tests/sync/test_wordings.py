"""A post in other wordings, asked of the running hub: versions and translations, or one sentence."""

from __future__ import annotations

from pathlib import Path

from support.scripted_network import ScriptedNetwork
from sync.test_hub import Watched, running

from tui_inbox.core.health import HealthState
from tui_inbox.core.ports import Told, Unreachable
from tui_inbox.core.versions import Translation, Version
from tui_inbox.store import posts
from tui_inbox.sync.hub import NOT_SIGNED_IN
from tui_inbox.sync.wordings import NOT_KNOWN

VERSIONS = (Version(1, "Pier 2 is closed."), Version(2, "Pier 2 is open."))
TRANSLATION = Translation("The bridge is open.", spoken="de", translator="DeepL.com")
PATIENCE_SECONDS = 30.0


def live_post(watched: Watched, server_id: str) -> int:
    """Local id of the post, once the account is live."""
    watched.until(lambda: watched.state() is HealthState.LIVE)
    found = watched.until(lambda: watched.read(lambda db: posts.find(db, 1, server_id)))
    assert found is not None, "it was waited for"
    return found


def test_versions_and_translations_come_with_the_answer(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    seen = network.write("ann", "Pier 2 is open.")
    network.home(seen)
    network.versions_told[seen.view.server_id] = VERSIONS
    network.translations_told[seen.view.server_id] = TRANSLATION
    with running(tmp_path, network) as watched:
        post = live_post(watched, seen.view.server_id)
        versions = watched.hub.read_versions(1, post).result(PATIENCE_SECONDS)
        assert versions == Told(VERSIONS)
        translation = watched.hub.read_translation(1, post, "en").result(PATIENCE_SECONDS)
        assert translation == Told(TRANSLATION)
        assert "translation en" in network.calls


def test_what_a_server_does_not_offer_is_one_sentence(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    seen = network.write("ann", "Pier 2 is open.")
    network.home(seen)
    with running(tmp_path, network) as watched:
        post = live_post(watched, seen.view.server_id)
        answer = watched.hub.read_translation(1, post, "en").result(PATIENCE_SECONDS)
        assert (answer.what, answer.sentence) == (None, "The scripted network has no translator.")
        network.fail("versions", Unreachable("No line to scripted.example."))
        told = watched.hub.read_versions(1, post).result(PATIENCE_SECONDS)
        assert (told.what, told.sentence) == (None, "No line to scripted.example.")


def test_a_post_the_account_was_never_shown_is_not_asked_for(tmp_path: Path) -> None:
    network = ScriptedNetwork()
    with running(tmp_path, network) as watched:
        watched.until(lambda: watched.state() is HealthState.LIVE)
        assert watched.hub.read_versions(1, 99).result(PATIENCE_SECONDS).sentence == NOT_KNOWN
        answer = watched.hub.read_translation(1, 99, "en").result(PATIENCE_SECONDS)
        assert answer.sentence == NOT_KNOWN
        assert "versions" not in network.calls
        assert watched.hub.read_versions(2, 1).result().sentence == NOT_SIGNED_IN
