"""Who lives in the town, and the manners of each."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from tui_inbox.core.moment import DAY, Millis
from tui_inbox.core.person import Person, PersonRef, ProfileField
from tui_inbox.networks.demo.pictures import face_of
from tui_inbox.networks.demo.writing import HOME, NETWORK

OWNER = "mira"
"""The short name of the account that the demo signs in."""


class Circle(StrEnum):
    """What somebody is to the owner."""

    FRIEND = "friend"
    REGULAR = "regular"
    QUIET = "quiet"  # used to write, does not any more
    BROADCASTER = "broadcaster"
    NEWCOMER = "newcomer"
    ASKER = "asker"  # puts questions to everybody
    STRANGER = "stranger"
    SPAMMER = "spammer"


class Rhythm(Struct, frozen=True):
    """How the owner and somebody have been talking.

    Attributes:
        every: usual days between two conversations.
        last: days since the last one.
        most: conversations at most, for those who have only begun.
    """

    every: float
    last: float
    most: int = 999


class Townsperson(Struct, frozen=True):
    """Somebody in the town.

    Attributes:
        key: short name: first part of the handle, and how the material names them.
        day: posts on an ordinary day of late.
        hours: when they are awake, in hours UTC; the first may be larger than the second.
        patience: seconds in which they answer the owner, or None for those who never do.
        followed: the owner follows them.
        follows: they follow the owner.
        note: the owner's private note on them.
    """

    key: str
    name: str
    host: str
    circle: Circle
    bio: str
    day: float = 2.0
    hours: tuple[int, int] = (6, 23)
    language: str = "en"
    patience: tuple[int, int] | None = (7, 25)
    rhythm: Rhythm | None = None
    followed: bool = True
    follows: bool = True
    note: str = ""
    site: str = ""
    bot: bool = False
    has_picture: bool = True
    age: int = 900

    @property
    def handle(self) -> str:
        """The full address."""
        return f"{self.key}@{self.host}"

    def awake(self, hour: int) -> bool:
        """Whether they are up at an hour UTC."""
        wakes, sleeps = self.hours
        return wakes <= hour < sleeps if wakes < sleeps else hour >= wakes or hour < sleeps


def person_of(one: Townsperson, founded_at: Millis | None) -> Person:
    """What the network says about somebody; how old an account is only where the founding is known."""
    fields = (ProfileField("site", one.site, verified=True),) if one.site else ()
    return Person(
        PersonRef(NETWORK, f"{HOME}/people/{one.key}"),
        server_id=f"person-{one.key}",
        handle=one.handle,
        name=one.name,
        url=f"{HOME}/@{one.key}",
        bio=one.bio,
        fields=fields,
        bot=one.bot,
        has_picture=one.has_picture,
        picture=face_of(one.key) if one.has_picture else None,
        created_at=None if founded_at is None else founded_at - one.age * DAY,
    )


_P, _R, _C = Townsperson, Rhythm, Circle
_FRIEND, _REGULAR, _BROADCASTER = Circle.FRIEND, Circle.REGULAR, Circle.BROADCASTER

MIRA = _P(
    OWNER,
    "mira",
    "town.example",
    _FRIEND,
    "Writes manuals for small programs, answers letters for acorn and the bakery. Folds maps.",
    site="https://town.example/manuals",
)

# A table: one person, few lines.
# fmt: off
FRIENDS = (
    _P("quillfox", "quillfox", "choir.example", _FRIEND,
       "Runs the choir in Elmport. Forty singers, thirty-one chairs.", day=3, patience=(4, 12),
       rhythm=_R(4, 3.2), site="https://choir.example",
       note='runs the choir in Elmport. Calls tags "labels".'),
    _P("odile", "odile fenn", "harbour.example", _FRIEND,
       "Draws maps of places you already know. Walks, measures, folds.", day=3.5,
       patience=(5, 14), rhythm=_R(4, 1.4), site="https://maps.example",
       note="sheet ten has a white corner. Sundays, at the wrong clock."),
    _P("tinbadger", "tinbadger", "press.example", _FRIEND,
       "One press, no K in the big type. A magazine when it is ready.", day=2.5,
       patience=(6, 18), rhythm=_R(7, 4.5), site="https://press.example",
       note="writes direct messages first. No semicolons."),
    _P("hollowreed", "hollow reed", "radio.example", _FRIEND,
       "Radio plays for one kitchen. Looking for the pause.", day=2.5, hours=(8, 1),
       patience=(9, 25), rhythm=_R(8, 5), site="https://radio.example"),
    _P("saltsignal", "salt & signal", "tools.example", _FRIEND,
       "Small tools, plain text, tide tables. She answers bug reports with a chair.", day=2.5,
       patience=(5, 15), rhythm=_R(8, 2.6), site="https://tides.example"),
    _P("larkspur", "larkspur lane", "garden.example", _FRIEND,
       "Allotment 14. Writes a planting almanac, argues with it.", day=2.5, hours=(5, 21),
       patience=(8, 22), rhythm=_R(10, 6.3), site="https://garden.example",
       note="beta of the almanac: ask for it on Friday."),
    _P("juniperpost", "juniper post", "harbour.example", _FRIEND,
       "Delivers your letters by bicycle. She reads only the postcards.", day=2.5,
       hours=(5, 21), patience=(6, 20), rhythm=_R(10, 3.8)),
    _P("mothlantern", "moth & lantern", "night.example", _FRIEND,
       "Nights at the lighthouse museum. Counts moths, lets them go.", day=2.5, hours=(17, 7),
       patience=(8, 24), rhythm=_R(12, 7.5), site="https://night.example"),
    _P("deichlicht", "deichlicht", "deich.example", _FRIEND,
       "Deich, Schafe, Pegel. Antwortet gegen den Wind.", day=2.2, language="de",
       patience=(7, 20), rhythm=_R(16, 9)),
    _P("sanae", "さなえの窯", "kama.example", _FRIEND,
       "湯のみと小さな皿。Small cups, slow fire.", day=2, hours=(21, 14), language="ja",
       patience=(10, 25), rhythm=_R(16, 11)),
    _P("dunemaree", "dune & marée", "rivage.example", _FRIEND,
       "Se baigne toute l'année, s'en vante rarement.", day=2, language="fr", patience=(8, 22),
       rhythm=_R(16, 12)),
    _P("fernledger", "fern & ledger", "books.example", _FRIEND,
       "Keeps the books of nineteen clubs. Likes a column that adds up twice.", day=2.2,
       patience=(6, 16), rhythm=_R(10, 4.2), site="https://books.example"),
)

REGULARS = (
    _P("grumblegoose", "grumble goose", "pond.example", _REGULAR,
       "I provide weather. Food is under a warning, so are you.", rhythm=_R(15, 6),
       patience=(9, 25)),
    _P("copperkettle", "copper kettle", "hall.example", _REGULAR,
       "Organises people by postcard. The list is the list.", day=1.8, followed=False,
       rhythm=_R(9.5, 6, most=3)),
    _P("hana", "hana learns", "evening.example", _REGULAR,
       "Learning English since two winters. Please correct me.", rhythm=_R(18, 8)),
    _P("marginalia", "marginalia", "paper.example", _REGULAR,
       "Reads with a pencil. Quotes people, with feeling.", day=1.8, rhythm=_R(20, 10)),
    _P("echosons", "echo & sons", "harbour.example", _REGULAR,
       "We pass things on. Third generation.", day=0.5, patience=None, follows=False),
    _P("newoar", "new oar", "boats.example", _REGULAR, "Beginner, eighth opinion in an eight.",
       rhythm=_R(25, 13)),
    _P("confettiotter", "confetti otter 🦦", "school.example", _REGULAR,
       "glue, paper, noise ✂️✨ two kids, one dog, very present", rhythm=_R(25, 9)),
    _P("petitphare", "petit phare", "rivage.example", _REGULAR,
       "Soixante-douze marches et une ampoule.", day=1.6, hours=(15, 6), language="fr",
       rhythm=_R(30, 20)),
    _P("lola", "lola del muelle", "mercado.example", _REGULAR,
       "Puesto 6. Pescado, consejos, una gaviota.", day=1.8, hours=(5, 19), language="es",
       rhythm=_R(30, 15)),
    _P("brassbutton", "brass button", "thread.example", _REGULAR,
       "Mends uniforms, coats and the odd heart.", rhythm=_R(25, 12)),
    _P("slowchess", "slow chess club", "hall.example", _REGULAR,
       "Thursdays, in silence. Game 12 is still open.", day=1.5),
    _P("inkdrinker", "ink drinker", "library.example", _REGULAR,
       "Librarian. We can also just talk.", rhythm=_R(22, 7)),
    _P("thirdbell", "third bell", "tower.example", _REGULAR,
       "Teaches year four, rings on Tuesdays.", rhythm=_R(40, 16)),
    _P("gullwatch", "gull watch", "pond.example", _REGULAR, "Watching one gull. Volume three.",
       patience=(10, 25)),
    _P("mapleline", "maple line", "rails.example", _REGULAR,
       "Night trains, footnotes, thermos.", hours=(7, 2)),
    _P("woolgather", "wool gatherer", "thread.example", _REGULAR, "One more row.",
       rhythm=_R(40, 21)),
    _P("pebbledash", "pebble dash", "street.example", _REGULAR,
       "Renovating. The street has drifted."),
    _P("cinderpath", "cinder path", "street.example", _REGULAR,
       "Runs slowly along the old line.", hours=(4, 21)),
    _P("soupsong", "soup song", "hall.example", _REGULAR,
       "Community kitchen. Onions, time, people.", rhythm=_R(40, 18)),
    _P("tidepool", "tide pool notes", "school.example", _REGULAR,
       "Teaches the sea to year six, describes every picture."),
    _P("plainoak", "plain oak", "boats.example", _REGULAR,
       "Builds boats, tells them that they are.", rhythm=_R(25, 14),
       site="https://boats.example"),
    _P("halfpast", "half past", "tower.example", _REGULAR, "The clock is being seen to.",
       rhythm=_R(40, 24)),
    _P("lowbattery", "low battery", "ferry.example", _REGULAR,
       "Keeps the ferry office running. It just stopped.", rhythm=_R(40, 17)),
    _P("secondviolin", "second violin", "concert.example", _REGULAR, "Not also violins."),
    _P("frieda", "frieda kessel", "deich.example", _REGULAR,
       "Treppenhaus, Kuchen, Neuigkeiten.", day=1.8, language="de"),
    _P("xiaoman", "小满", "cha.example", _REGULAR, "茶，雨，二十四节气。", day=1.8,
       hours=(22, 15), language="zh"),
    _P("dalbit", "달빛책방", "book.example", _REGULAR, "달이 뜨면 여는 작은 책방.", day=1.8,
       hours=(23, 16), language="ko"),
    _P("qahwa", "قهوة الميناء", "mina.example", _REGULAR, "قهوة وبحر وكرسي للقصص.", day=1.8,
       hours=(3, 21), language="ar"),
    _P("migdalor", "מגדלור קטן", "or.example", _REGULAR, "מאה ושתיים מדרגות.", day=1.6,
       hours=(14, 5), language="he"),
    _P("nadi", "नदी किनारे", "ghat.example", _REGULAR, "नदी, चाय, और थोड़ी सी बात।", day=1.5,
       hours=(1, 17), language="hi"),
    _P("maewtha", "แมวท่าเรือ", "mae.example", _REGULAR, "แมวและเรือ", day=1.3, hours=(23, 15),
       language="th"),
    _P("beplan", "bếp của Lan", "bep.example", _REGULAR, "Nấu ăn bên bến phà.", day=1.5,
       hours=(23, 15), language="vi"),
    _P("zigzag", "z̈igzag", "press.example", _REGULAR, "L̲e̲t̲t̲e̲r̲s̲ with hats.", day=1.5),
)

QUIET = (
    _P("wren", "wren & co", "kiln.example", _C.QUIET, "Kiln, clay, hurry.", day=0.7,
       rhythm=_R(6, 24), note="kept a mistake for me. Ask about the green."),
    _P("oldlantern", "old lantern", "kiln.example", _C.QUIET,
       "Mends lamps that you gave up on.", day=0.5, rhythm=_R(9, 38)),
    _P("marchhare", "march hare press", "press.example", _C.QUIET, "A very small press, sold.",
       day=0.5, rhythm=_R(3, 110)),
)

BROADCASTERS = (
    _P("nightferry", "night ferry news", "ferry.example", _BROADCASTER,
       "All piers, all weathers. Do not feed the purser.", day=13, hours=(16, 10),
       patience=None, follows=False),
    _P("tidewater", "tidewater bakery", "tidewater.example", _BROADCASTER,
       "Rye, spelt, the one with walnuts. Pim says hello.", day=6, hours=(3, 18),
       rhythm=_R(18, 8), site="https://tidewater.example"),
    _P("weathercat", "the weather cat", "sill.example", _BROADCASTER, "Automated, furry.",
       day=6, hours=(0, 24), bot=True, follows=False),
    _P("tidesbot", "tides at elmport", "tides.example", _BROADCASTER,
       "Posts the tides. Made by salt & signal.", day=4, hours=(0, 24), bot=True, patience=None,
       follows=False),
    _P("elmport", "elmport notices", "elmport.example", _BROADCASTER,
       "Notices of the town council. The nice man in the hut reads along.", day=4,
       hours=(7, 18), patience=None),
    _P("acorn", "acorn crm", "acorn.example", _BROADCASTER,
       "A crm for people who'd rather not have one.", day=3, hours=(7, 18), rhythm=_R(18, 10),
       site="https://acorn.example"),
    _P("lostfound", "lost & found, pier 2", "ferry.example", _BROADCASTER, "Ask at the hatch.",
       day=4, hours=(8, 19), patience=None, follows=False),
    _P("papermoon", "paper moon cinema", "cinema.example", _BROADCASTER,
       "Forty-two seats, one of them good.", day=2.5, hours=(10, 23), patience=None,
       follows=False),
)

NEWCOMERS = (
    _P("mossygate", "mossygate", "street.example", _C.NEWCOMER,
       "New in town. Green gate, squeaks in A.", day=1.6, followed=False, age=40,
       patience=(4, 11), site="https://street.example/gate"),
    _P("papercrane", "papercrane", "boats.example", _C.NEWCOMER,
       "Secretary of eleven people and a boat.", day=1.6, followed=False, age=210,
       patience=(4, 12), site="https://boats.example/eleven"),
    _P("blueapron", "blue apron", "evening.example", _C.NEWCOMER,
       "Bakes without eggs, asks a lot, answers when she can.", day=1.6, followed=False,
       age=320, patience=(5, 13), site="https://evening.example/crumbs"),
)

STRANGERS = (
    _P("latestarling", "late starling", "evening.example", _C.STRANGER,
       "New here, old elsewhere. Keeps a list of benches.", day=1.5, followed=False,
       follows=False, age=95, patience=(8, 20), site="https://evening.example/benches"),
    _P("harbournan", "harbour nan", "harbour.example", _C.STRANGER,
       "Eighty-one, one dog, two new hips.", day=1.5, followed=False, follows=False, age=160,
       patience=(9, 24), site="https://harbour.example/nan"),
    _P("tabularosa", "tabula rosa", "hall.example", _C.ASKER,
       "Collects questions that sound like excuses.", day=1.2, follows=False),
    _P("parcel20418", "parcel20418", "post.example", _C.STRANGER, "", day=0, followed=False,
       follows=False, patience=None, has_picture=False, age=6),
    _P("lowhum", "low hum", "lighthouse.example", _C.STRANGER, "Hums. Mostly in F.", day=0,
       followed=False, follows=False, patience=None, age=3),
    _P("dealrocket77", "deal rocket 77", "rocketpanel.example", _C.SPAMMER, "", day=0,
       followed=False, follows=False, patience=None, has_picture=False, age=2),
    _P("luckycoin44", "lucky coin 44", "luckycoin.example", _C.SPAMMER, "", day=0,
       followed=False, follows=False, patience=None, has_picture=False, age=5),
)
# fmt: on

CAST = (MIRA, *FRIENDS, *REGULARS, *QUIET, *BROADCASTERS, *NEWCOMERS, *STRANGERS)
"""Everybody, the owner first."""

BY_KEY = {one.key: one for one in CAST}
"""Everybody by short name."""
