"""What looks for something, by rules that the owner sees and changes; and texts that are links, or say the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_inbox.core.ask_filter import ask_filter
from tui_inbox.core.ask_rules import LOOKS_FOR, AskRules
from tui_inbox.core.bare_links import begins_with_link, only_links, telling_words
from tui_inbox.core.matching import host_of_url, parents_of, subject
from tui_inbox.core.query_text import parse
from tui_inbox.core.same_text import fingerprint
from tui_inbox.settings import AskSettings
from tui_inbox.settings_lines import lines_of
from tui_inbox.settings_reading import SettingsError, load_settings

ASKS = (
    "Does anyone know a good CRM?",
    "anyone know how the tides work here",
    "Looking for a baker who does weddings.",
    "I need help with my kiln",
    "Please recommend a quiet keyboard.",
    "Wir suchen eine Bäckerin für Samstag.",
    "Kennt jemand einen guten Zahnarzt",
    "Je cherche un boulanger.",
    "Busco panadero para los sábados.",
    "Alguém recomenda um bom café",
    "Cerco un forno usato",
    "Ik zoek een tweedehands fiets.",
    "Szukam dobrego chleba.",
    "Ищу хорошую пекарню.",
    "Посоветуйте, пожалуйста, книгу",
    "Ψάχνω για έναν φούρνο.",
    "İyi bir fırın arıyorum.",
    "いいパン屋を探しています。",
    "有人知道好吃的麵包店吗",
    "좋은 빵집 추천해 주세요",
)
TELLS = (
    "Fresh bread on Saturday.",
    "I recommend the rye loaf.",
    "Not looking for anything, thanks.",
    "Heute gibt es Brötchen.",
    "Il fait beau sur le port.",
    "Рынок открыт до обеда.",
    "今日はパンを焼きました。",
)


@dataclass
class Told:
    bot: bool = False
    boosted: bool = False
    repeated: bool = False


def passes(text: str, rules: AskRules = AskRules(), told: Told = Told()) -> bool:  # noqa: B008  # never changed
    return ask_filter(rules).passes(
        subject(text, handle="wren@town.example"),
        text,
        is_bot=told.bot,
        came_by_boost=lambda: told.boosted,
        said_before=lambda: told.repeated,
    )


@pytest.mark.parametrize("text", ASKS)
def test_what_looks_for_something_passes_in_many_languages(text: str) -> None:
    assert passes(text)


@pytest.mark.parametrize("text", TELLS)
def test_what_only_tells_does_not(text: str) -> None:
    assert not passes(text)


def test_links_boosts_bots_and_repeats_are_left_out_unless_the_owner_wants_them() -> None:
    asks = "Anyone know a crm?"
    for told, rule in (
        (Told(bot=True), AskRules(skip_bots=False)),
        (Told(boosted=True), AskRules(skip_boosts=False)),
        (Told(repeated=True), AskRules(skip_repeats=False)),
    ):
        assert not passes(asks, told=told)
        assert passes(asks, rule, told)
    assert not passes("https://crm.example/?")
    assert passes("/crm.example/ a?", AskRules(skip_links=False))


def test_the_owners_rules_take_the_place_of_the_usual_ones() -> None:
    own = AskRules(looks_for=("kiln",), never=("#job",))
    assert passes("My kiln is cold.", own)
    assert not passes("Anyone know a crm?", own)
    hired = subject("kiln wanted", handle="wren@town.example", tags=["job"])
    assert not ask_filter(own).passes(
        hired, "kiln wanted", is_bot=False, came_by_boost=bool, said_before=bool
    )


def test_every_usual_rule_is_a_query() -> None:
    assert all(parse(query) for query in LOOKS_FOR)


def test_a_rule_that_is_no_query_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[asks]\nskip_bots = false\nnever = ['kiln', '(oven']\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    (line,) = caught.value.mistakes
    assert "line 3, key asks.never: (oven cannot be searched for: expected a closing" in line
    assert caught.value.rest.asks == AskSettings(skip_bots=False)


def test_a_rule_that_cannot_be_read_any_more_is_left_out() -> None:
    assert passes("kiln", AskRules(looks_for=("(", "kiln")))


def test_the_rules_in_force_are_printed_as_they_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[asks]\nlooks_for = [\'"any\\ kiln"\', "who\'s"]\n', "utf-8")
    own = load_settings(path)
    path.write_text("\n".join(lines_of(own)), "utf-8")
    assert load_settings(path) == own
    path.write_text("", "utf-8")
    usual = load_settings(path)
    path.write_text("\n".join(lines_of(usual)), "utf-8")
    assert load_settings(path) == usual


@pytest.mark.parametrize(
    ("text", "only", "begins"),
    [
        ("https://rocket.example/panel", True, True),
        ("@wren@town.example https://rocket.example", True, True),
        ("#crm https://a.example www.b.example/x", True, False),
        ("@wren, @ben: https://rocket.example look at this", False, True),
        ("rocket.example/panel does it", False, True),
        ("Look: https://rocket.example", False, False),
        ("@wren it keeps them", False, False),
        ("e.g. this", False, False),
        ("", False, False),
    ],
)
def test_a_text_of_links(text: str, only: bool, begins: bool) -> None:
    assert only_links(text) is only
    assert begins_with_link(text) is begins


def test_words_that_tell_a_text_are_no_names_no_links_and_not_those_looked_for() -> None:
    spam = "@wren https://a.example Grow your business, now!"
    assert telling_words(spam) == "Grow your business, now"
    assert telling_words("Anyone know a crm that exports text?", '"anyone know * crm"') == (
        "that exports text"
    )
    assert telling_words("The crm!", "crm") == "The"
    assert telling_words("crm", "crm") == ""
    assert telling_words("https://a.example") == ""


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://Maps.Town.example:443/a?b#c", "maps.town.example"),
        ("https://ann@town.example/", "town.example"),
        ("town.example/x", "town.example"),
        ("TOWN.example.", "town.example"),
        ("mailto:ann@town.example", "town.example"),
    ],
)
def test_where_an_address_leads(address: str, host: str) -> None:
    assert host_of_url(address) == host
    assert list(parents_of("a.town.example")) == ["a.town.example", "town.example", "example"]


def test_copies_of_a_text_have_one_fingerprint_whomever_they_name_and_wherever_they_lead() -> None:
    one = fingerprint("@ann Grow your business with our panel https://a.example/1")
    assert one is not None
    assert one == fingerprint("@ben  grow your BUSINESS with our panel https://b.example/2")
    assert one != fingerprint("@ann Grow your garden with our panel https://a.example/1")


@pytest.mark.parametrize(
    "text", ["", "crm?", "good morning all", "https://a.example", "🎉 🎉 🎉 🎉"]
)
def test_what_says_little_is_the_same_as_nothing_else(text: str) -> None:
    assert fingerprint(text) is None


def test_a_script_without_spaces_says_enough_with_some_signs() -> None:
    assert fingerprint("明日の朝、港でパンを売ります") is not None


@given(st.text(max_size=80))
def test_any_text_has_a_fingerprint_that_a_store_can_keep_or_none(text: str) -> None:
    found = fingerprint(text)
    assert found is None or 0 <= found < 2**62
    only_links(text), begins_with_link(text), telling_words(text, text[:9]), host_of_url(text)
