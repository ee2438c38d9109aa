"""What is missing in an own profile, and a change of it that never writes over another one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui_inbox.core.person import Person, PersonRef, ProfileField
from tui_inbox.core.post import (
    Audience,
    Media,
    MediaKind,
    Post,
    PostRef,
    PostView,
    ReplyTo,
    SeenPost,
)
from tui_inbox.core.profile import (
    PARTS,
    OwnProfile,
    ProfileEdit,
    ProfileWords,
    gaps,
    pictures_without_text,
)

MIRA = Person(PersonRef("demo", "mira"), "1", "mira@town.example", "mira")
WORDS = ProfileWords("Mira", "Maps and manuals.", (ProfileField("site", "https://mira.example"),))


def post(
    number: int, *alts: str, audience: Audience = Audience.PUBLIC, answers: bool = False
) -> SeenPost:
    """A post of mira's with pictures."""
    one = Post(
        ref=PostRef("demo", f"post:{number}"),
        author=MIRA,
        created_at=number,
        text="words",
        audience=audience,
        media=tuple(Media(MediaKind.PICTURE, None, alt) for alt in alts),
        reply_to=ReplyTo(server_id="7") if answers else None,
    )
    return SeenPost(one, PostView(str(number)))


def test_a_whole_profile_has_no_gaps() -> None:
    assert gaps(OwnProfile(MIRA, WORDS, posts=(post(1, "a lamp"),))) == ()


def test_each_gap_is_a_sentence() -> None:
    nobody = replace(MIRA, has_picture=False)
    assert gaps(OwnProfile(nobody, ProfileWords())) == (
        "You have no name there besides your handle.",
        "There is no picture of you.",
        "There is no text about you.",
        "No field is filled in: where to find you, what you do.",
        "You have posted nothing yet.",
    )


def test_where_there_are_no_fields_none_is_missing() -> None:
    profile = OwnProfile(MIRA, replace(WORDS, fields=()), posts=(post(1),), has_fields=False)
    assert gaps(profile) == ()


def test_what_strangers_cannot_read_is_not_counted() -> None:
    hidden = post(2, "", audience=Audience.FOLLOWERS)
    assert gaps(OwnProfile(MIRA, WORDS, posts=(hidden,))) == (
        "None of your last posts can be read by a stranger.",
    )
    assert gaps(OwnProfile(MIRA, WORDS, posts=(hidden, post(1)))) == ()


def test_who_only_answers_hears_of_it() -> None:
    (gap,) = gaps(OwnProfile(MIRA, WORDS, posts=(post(1, answers=True), post(2, answers=True))))
    assert gap.startswith("All of your last public posts answer somebody")


def test_pictures_without_a_text_are_counted_among_the_newest_ten() -> None:
    posts = (post(3, "", "", "a map"), post(2, " ", "a lamp", "", "x"), *[post(1, "")] * 9)
    assert pictures_without_text(one.post for one in posts) == (7, 10)
    (gap,) = gaps(OwnProfile(MIRA, WORDS, posts=posts[:2]))
    assert gap == "4 of your last 7 pictures have no text."
    (gap,) = gaps(OwnProfile(MIRA, WORDS, posts=(post(1, ""),)))
    assert gap == "Your last picture has no text."


WORDS_OF_ANY_KIND = st.builds(
    ProfileWords,
    st.sampled_from(["", "mira", "Mira Fen"]),
    st.sampled_from(["", "maps", "maps\nand manuals"]),
    st.sampled_from([(), WORDS.fields, (ProfileField("web", "x"),)]),
)


@given(WORDS_OF_ANY_KIND, WORDS_OF_ANY_KIND, WORDS_OF_ANY_KIND)
def test_a_change_writes_what_is_left_of_it_and_nothing_over_words_of_others(
    was: ProfileWords, to: ProfileWords, there: ProfileWords
) -> None:
    edit = ProfileEdit(was, to)
    assert ProfileEdit.from_json(edit.to_json()) == edit
    assert edit.left_to_write(was) == edit.parts
    assert edit.left_to_write(to) == ()
    assert edit.reverse.left_to_write(to) == edit.parts
    left = edit.left_to_write(there)
    foreign = [
        part
        for part in PARTS
        if getattr(was, part) != getattr(to, part)
        and getattr(there, part) not in (getattr(was, part), getattr(to, part))
    ]
    assert (left is None) == bool(foreign)


def test_a_site_that_was_proved_meanwhile_is_no_change_of_words() -> None:
    proved = replace(WORDS, fields=(ProfileField("site", "https://mira.example", verified=True),))
    assert ProfileEdit(WORDS, replace(WORDS, fields=())).left_to_write(proved) == ("fields",)
