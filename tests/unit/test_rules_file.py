"""The owner's rules in the settings file: read with mistakes named, written without touching anything else."""

from __future__ import annotations

import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox import settings_text
from tui_inbox.core.moment import DAY, to_millis
from tui_inbox.core.own_rules import (
    MOST_POINTS,
    OwnRule,
    Reasoned,
    RuleChange,
    RuleLane,
    RulesNotChanged,
    lasting,
    moved,
    rule_for,
    silenced,
)
from tui_inbox.rule_settings import as_table, own_rule
from tui_inbox.settings_file import SettingsFile
from tui_inbox.settings_lines import lines_of
from tui_inbox.settings_reading import SettingsError, load_settings

OWNERS = """\
# how I like it
[look]
density = "dense"   # small screen

# the choir pays
[[rules]]
person = "@quillfox@choir.example" # since March
points = 0.5
until = 2026-12-07

# the client's tag
[[rules]]
tag = '#acorn'
points = 1

[keys]
"item.done" = "D"
"""

QUILLFOX = OwnRule(person="quillfox@choir.example", points=500, until=date(2026, 12, 7))
ACORN = OwnRule(tag="acorn", points=1_000)
ODILE = OwnRule(person="odile@town.example", not_at_all=True)


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    (tmp_path / "settings.toml").write_text(OWNERS)
    return SettingsFile(tmp_path / "settings.toml")


def text_of(file: SettingsFile) -> str:
    return Path(file.path).read_text()


def test_rules_are_read_as_they_stand(file: SettingsFile) -> None:
    assert file.read() == (QUILLFOX, ACORN)
    assert file.line_of(ACORN) == 12
    assert file.line_of(ODILE) == 1


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ('tag = "#a"\npoints = "much"', "line 3, key rules[1].points: this must be a number"),
        ('tag = "#a"\npoints = 51', "line 3, key rules[1].points: this must be from -50 to 50"),
        ('tag = "#a"\npoints = nan', "line 3, key rules[1].points: this must be from -50 to 50"),
        ('tag = "#a"\npoints = 0', "line 1, key rules[1]: a rule has points"),
        ("points = 1", "line 1, key rules[1]: a rule says what it is about"),
        ('word = "(crm"\npoints = 1', "line 2, key rules[1].word: this cannot be searched for"),
        (
            'lane = "later"\npoints = 1',
            "line 2, key rules[1].lane: this must be one of people, new",
        ),
        ('person = "@a b"\npoints = 1', "line 2, key rules[1].person: there can be no blanks"),
        ('pers0n = "@a"\npoints = 1', "line 2, key rules[1].pers0n: there is no setting of that"),
        ('tag = "a"\nuntil = "soon"', "line 3, key rules[1].until: this must be a day without"),
        ('tag = "a"\npoints = 1\nnot_at_all = true', "line 3, key rules[1].points: this does not"),
    ],
)
def test_a_mistake_is_named_with_line_and_key(tmp_path: Path, rule: str, said: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(f"[[rules]]\n{rule}\n[[rules]]\ntag = 'good'\npoints = 1\n")
    with pytest.raises(SettingsError) as raised:
        load_settings(path)
    (sentence,) = raised.value.mistakes
    assert said in sentence
    assert [one.tag for one in raised.value.rest.rules] == ["good"]
    with pytest.raises(RulesNotChanged, match="Settings file, line"):
        SettingsFile(path).change([RuleChange(None, ACORN)])


def test_a_rule_is_changed_in_its_lines_and_nowhere_else(file: SettingsFile) -> None:
    file.change([RuleChange(QUILLFOX, replace(QUILLFOX, points=1_500))])
    assert text_of(file) == OWNERS.replace("points = 0.5", "points = 1.5")
    file.change([RuleChange(replace(QUILLFOX, points=1_500), replace(QUILLFOX, until=None))])
    assert text_of(file) == OWNERS.replace("until = 2026-12-07\n", "")


def test_a_new_rule_stands_below_the_others_and_the_file_is_for_the_owner_only(
    file: SettingsFile,
) -> None:
    assert file.change([RuleChange(None, ODILE)]) == (QUILLFOX, ACORN, ODILE)
    added = '\n[[rules]]\nperson = "@odile@town.example"\nnot_at_all = true\n'
    assert text_of(file) == OWNERS.replace("points = 1\n", f"points = 1\n{added}")
    assert stat.S_IMODE(Path(file.path).stat().st_mode) == 0o600


def test_what_is_taken_out_comes_back_as_it_stood(file: SettingsFile) -> None:
    file.change([RuleChange(QUILLFOX, None)])
    assert "# the choir pays" in text_of(file)
    assert "# the client's tag" in text_of(file)
    assert file.read() == (ACORN,)
    file.change([RuleChange(None, QUILLFOX, 0)])
    assert file.read() == (QUILLFOX, ACORN)
    assert 'person = "@quillfox@choir.example" # since March' in text_of(file)


def test_a_file_that_is_not_there_is_made(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new" / "settings.toml")
    assert file.change([RuleChange(None, ACORN)]) == (ACORN,)
    assert text_of(file) == '[[rules]]\ntag = "#acorn"\npoints = 1\n'


def test_what_a_hand_has_written_meanwhile_is_kept(file: SettingsFile) -> None:
    file.read()
    hand = OWNERS.replace("points = 1\n", "points = 3\n").replace("dense", "normal")
    Path(file.path).write_text(hand)
    file.change([RuleChange(None, ODILE)])
    assert file.read() == (QUILLFOX, replace(ACORN, points=3_000), ODILE)
    assert 'density = "normal"' in text_of(file)
    with pytest.raises(RulesNotChanged, match="meanwhile"):
        file.change([RuleChange(ACORN, None)])
    assert len(file.read()) == 3


def test_a_hand_that_saves_in_the_same_moment_is_not_lost(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = 0
    plain = settings_text.read_text

    def text(path: Path) -> str:
        nonlocal looked
        looked += 1
        if looked == 1:  # between reading and replacing
            path.write_text(OWNERS.replace("dense", "normal"))
        return plain(path)

    monkeypatch.setattr(settings_text, "read_text", text)
    assert file.change([RuleChange(None, ODILE)]) == (QUILLFOX, ACORN, ODILE)
    assert 'density = "normal"' in text_of(file)


def test_rules_in_another_manner_are_left_to_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('rules = [{tag = "acorn", points = 1}]\n')
    file = SettingsFile(path)
    assert file.read() == (ACORN,)
    for change in (RuleChange(None, ODILE), RuleChange(ACORN, None)):
        with pytest.raises(RulesNotChanged, match="not written as tables"):
            file.change([change])
    assert path.read_text() == 'rules = [{tag = "acorn", points = 1}]\n'


def test_a_text_that_only_looks_like_a_rule_is_no_rule(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[reading]\nexpand_warnings_of = ["""\n[[rules]]\n"""]\n')
    before = path.read_text()
    with pytest.raises(RulesNotChanged):
        SettingsFile(path).change([RuleChange(None, ODILE)])
    assert path.read_text() == before


def test_a_folder_that_cannot_be_written_is_one_sentence(
    file: SettingsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> tuple[int, str]:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(RulesNotChanged) as said:
        file.change([RuleChange(None, ODILE)])
    assert str(said.value) == (
        "The settings file cannot be written (read-only file system); no rule was changed."
    )
    assert text_of(file) == OWNERS


def test_a_link_to_a_file_elsewhere_stays_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles" / "inbox.toml"
    kept.parent.mkdir()
    kept.write_text(OWNERS)
    link = tmp_path / "settings.toml"
    link.symlink_to(kept)
    SettingsFile(link).change([RuleChange(ACORN, None)])
    assert link.is_symlink()
    assert "acorn" not in kept.read_text()


rules = st.builds(
    OwnRule,
    person=st.sampled_from(["", "a@b.example", "zoë@ü.example", """a"b'c\\@d.example"""]),
    tag=st.sampled_from(["", "acorn", "猫", "[[rules]]", '"]#=']),
    word=st.sampled_from(["", "crm -demo", '"anyone know" OR has:link', r"it's\n'''b"]),
    lane=st.sampled_from([None, *RuleLane]),
    reason=st.sampled_from([None, *Reasoned]),
    points=st.integers(-MOST_POINTS, MOST_POINTS),
    until=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1))),
).filter(lambda rule: not rule.is_empty)
steps = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), rules)), max_size=6)


@given(steps, st.sampled_from(["", OWNERS, OWNERS.replace("\n", "\r\n"), "# nothing yet"]))
def test_whatever_is_changed_the_rest_of_the_file_says_what_it_said(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[int, OwnRule | None]],
    before: str,
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_bytes(before.encode())
    file = SettingsFile(path)
    expected = list(file.read())
    for place, rule in changes:
        was = expected[place] if place < len(expected) else None
        if was is None and rule is not None:
            expected.append(rule)
        elif was is not None and rule is not None:
            expected[expected.index(was)] = rule
        elif was is not None:
            expected.remove(was)
        assert file.change([RuleChange(was, rule)]) == tuple(expected)
    told = tomllib.loads(path.read_bytes().decode())
    rest = {key: value for key, value in told.items() if key != "rules"}
    assert rest == {k: v for k, v in tomllib.loads(before).items() if k != "rules"}
    for comment in (line for line in before.splitlines() if line.startswith("#")):
        assert comment in path.read_bytes().decode()


@given(rules)
def test_a_rule_is_the_same_in_the_file_and_in_what_config_shows(
    tmp_path_factory: pytest.TempPathFactory, rule: OwnRule
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    SettingsFile(path).change([RuleChange(None, rule)])
    settings = load_settings(path)
    assert [own_rule(one) for one in settings.rules] == [rule]
    path.write_text("\n".join(lines_of(settings)))
    assert [own_rule(one) for one in load_settings(path).rules] == [rule]
    assert all(as_table(rule).values())


# More, less, not at all, for a week


def test_more_and_less_change_the_rule_until_it_adds_nothing() -> None:
    about = OwnRule(tag="acorn")
    more = moved(about, None, 500)
    assert more == RuleChange(None, replace(about, points=500))
    assert moved(about, more.became, -500) == RuleChange(more.became, None)
    assert moved(about, replace(about, points=MOST_POINTS), 500).became == replace(
        about, points=MOST_POINTS
    )


def test_what_counts_not_at_all_counts_again_by_more_and_no_less_by_less() -> None:
    quiet = silenced(ODILE.about, None).became
    assert quiet == ODILE
    assert moved(ODILE.about, quiet, 500) == RuleChange(ODILE, None)
    assert moved(ODILE.about, quiet, -500) == RuleChange(ODILE, ODILE)
    assert silenced(ODILE.about, replace(ODILE, points=500, not_at_all=False)).became == ODILE


def test_the_rule_that_lasts_is_meant_and_none_that_is_over() -> None:
    now = to_millis_of(date(2026, 12, 1))
    week = replace(ACORN, points=2_000, until=date(2026, 12, 5))
    over = replace(ACORN, points=3_000, until=date(2026, 11, 30))
    about = OwnRule(tag="Acorn")
    assert rule_for([over], about, now) is None
    assert rule_for([over, week], about, now) == week
    assert rule_for([over, ACORN, week], about, now) == ACORN
    assert rule_for([QUILLFOX], about, now) is None


def to_millis_of(day: date) -> int:
    from datetime import datetime, time

    return to_millis(datetime.combine(day, time(12)).astimezone())


def test_a_rule_holds_through_its_last_day() -> None:
    ends = QUILLFOX.ends
    assert ends is not None
    assert not QUILLFOX.is_over(to_millis_of(date(2026, 12, 7)))
    assert not QUILLFOX.is_over(ends - 1)
    assert QUILLFOX.is_over(ends + 1)
    assert ends - to_millis_of(date(2026, 12, 7)) < DAY


def test_a_change_that_lasts_a_week_leaves_what_stood_before() -> None:
    until = date(2026, 12, 8)
    more = replace(ACORN, points=2_500)
    assert lasting(RuleChange(None, ACORN), until) == [
        RuleChange(ACORN, replace(ACORN, until=until))
    ]
    assert lasting(RuleChange(ACORN, more), until) == [
        RuleChange(more, ACORN),
        RuleChange(None, replace(ACORN, points=1_500, until=until)),
    ]
    quiet = replace(ACORN, points=0, not_at_all=True)
    assert lasting(RuleChange(ACORN, quiet), until) == [
        RuleChange(quiet, ACORN),
        RuleChange(None, replace(quiet, until=until)),
    ]
    assert lasting(RuleChange(ACORN, None), until) == []
