"""What can be set: each setting with its default, what it may be, and what the page about settings says of it."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import asdict

from tui_inbox.core.ask_rules import LOOKS_FOR, AskRules
from tui_inbox.rule_settings import RuleSettings


class LookSettings(Struct, frozen=True):
    """The table `[look]`."""

    theme: Annotated[
        str,
        Meta(
            description="Name of the colour theme: one of the program's own, of Textual's, or a file of yours; `auto` "
            "is dark or light as your terminal is. See look.md."
        ),
    ] = "inbox-dark"
    density: Annotated[Literal["normal", "dense"], Meta(description="`normal` or `dense`.")] = (
        "normal"
    )
    plain_glyphs: Annotated[
        bool, Meta(description="Marks from ASCII only: `*` and `o` for `●` and `○`.")
    ] = False
    picture_protocol: Annotated[
        Literal["auto", "kitty", "sixel", "blocks"],
        Meta(
            description="How pictures are drawn; `auto` goes by what the terminal is called. See pictures.md."
        ),
    ] = "auto"
    emoji: Annotated[
        Literal["pictures", "words", "none"],
        Meta(
            description="Emoji in what others write: `pictures`, their names in `words` (`:sparkles:`), or `none` at "
            "all. Nothing is changed in what is stored, copied or sent."
        ),
    ] = "pictures"
    reduced_motion: Annotated[
        bool,
        Meta(
            description="Nothing moves by itself: new posts wait above the Timeline until `.` shows them, and seconds "
            "are not counted down."
        ),
    ] = False


class TimelineSettings(Struct, frozen=True):
    """The table `[timeline]`."""

    fold_floods: Annotated[
        bool,
        Meta(
            description="Three and more posts by one person in a row become one row; `l` unfolds."
        ),
    ] = True


class SendingSettings(Struct, frozen=True):
    """The table `[sending]`."""

    hold_seconds: Annotated[
        int, Meta(description="How long a send can be taken back, in seconds.", ge=0, le=600)
    ] = 10


class WatchingSettings(Struct, frozen=True):
    """The table `[watching]`."""

    quiet_days: Annotated[
        int,
        Meta(
            description="Watching a thread (`W`) ends by itself after so many days without anything new.",
            ge=1,
            le=30,
        ),
    ] = 3


class NotificationSettings(Struct, frozen=True):
    """The table `[notifications]`."""

    talk: Annotated[
        bool, Meta(description="Tell when it is your turn with somebody you talk with.")
    ] = True
    newcomers: Annotated[bool, Meta(description="Tell of newcomers who address you.")] = False
    strangers: Annotated[bool, Meta(description="Tell of strangers who address you.")] = False
    searches: Annotated[
        Literal["marked", "all", "none"],
        Meta(description="Whose new hits are told: `marked` searches' (`*`), `all`, or `none`."),
    ] = "marked"
    groups: Annotated[
        tuple[str, ...],
        Meta(description="Groups of yours (`t g`) whose people's posts are told, by name."),
    ] = ()
    accounts: Annotated[
        tuple[str, ...],
        Meta(description="Only these accounts are told of, by letters or handle; empty for all."),
    ] = ()
    text: Annotated[
        Literal["public", "none"],
        Meta(
            description="Whether a bubble shows the text: of what everybody may read, or of nothing. What is "
            "private, to followers or behind a warning is never shown."
        ),
    ] = "public"
    quiet: Annotated[
        str,
        Meta(
            description="Hours without a bubble by your clock, as `22:00-07:00`; empty for none.",
            pattern=r"(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?",
            examples=["22:00-07:00"],
        ),
    ] = ""
    when: Annotated[
        Literal["unfocused", "always"],
        Meta(description="Only while the terminal is `unfocused`, or `always`."),
    ] = "unfocused"
    way: Annotated[
        Literal["auto", "osc9", "osc777", "osc99", "desktop", "none"],
        Meta(description="How it is shown; `none` shows nothing at all. See notifications.md."),
    ] = "auto"
    bell: Annotated[bool, Meta(description="Ring the terminal's bell as well.")] = False


Percent = Annotated[int, Meta(ge=0, le=100)]


class MixTargets(Struct, frozen=True):
    """The table `[mix.target]`."""

    broadcast: Percent = 0
    chat: Percent = 0
    engage: Percent = 0


class MixSettings(Struct, frozen=True):
    """The table `[mix]`."""

    show: Annotated[
        bool, Meta(description="Whether `g m` counts your own posts over 7 and 30 days.")
    ] = False
    target: Annotated[
        MixTargets,
        Meta(description="What you would like the shares to be, in percent; 0 says nothing."),
    ] = MixTargets()


class ReadingSettings(Struct, frozen=True):
    """The table `[reading]`."""

    expand_warnings: Annotated[
        Literal["server", "always", "never"],
        Meta(
            description="Posts behind a warning: shown open `always`, `never`, or as your server says."
        ),
    ] = "server"
    expand_warnings_of: Annotated[
        tuple[str, ...],
        Meta(description="People whose warnings are always open, by their full handle."),
    ] = ()
    expand_warnings_with: Annotated[
        tuple[str, ...],
        Meta(description="Warnings with one of these words in them are always open."),
    ] = ()
    media: Annotated[
        Literal["server", "safe", "all", "none"],
        Meta(
            description="Attachments told at once: `safe` (all but sensitive ones), `all`, `none`, or as your "
            "server says."
        ),
    ] = "server"
    pictures: Annotated[
        Literal["ask", "talk", "always", "never"],
        Meta(
            description="Whose pictures an open thread fetches by itself: nobody's (`ask`: `v` fetches one), those of "
            "people you `talk` with, everybody's (`always`); `never` fetches none at all. See pictures.md."
        ),
    ] = "ask"
    languages: Annotated[
        tuple[str, ...],
        Meta(
            description="Languages you read, as `en`: a post in another one says so. Without them, those you "
            "post in."
        ),
    ] = ()


class AskSettings(Struct, frozen=True):
    """The table `[asks]`: what looks for something, for searches that show nothing else. See `core.ask_rules`."""

    looks_for: Annotated[
        tuple[str, ...],
        Meta(
            description="Queries of the search language: a post that one of them finds looks for something. What you "
            "write takes the place of all of them; `tui-inbox config` shows those in force."
        ),
    ] = LOOKS_FOR
    never: Annotated[
        tuple[str, ...],
        Meta(description="Queries: what one of them finds never counts, as `is:reply` or `#job`."),
    ] = ()
    skip_links: Annotated[bool, Meta(description="Leave out posts of nothing but links.")] = True
    skip_boosts: Annotated[
        bool, Meta(description="Leave out what came only because somebody boosted it.")
    ] = True
    skip_bots: Annotated[
        bool, Meta(description="Leave out accounts that call themselves bots.")
    ] = True
    skip_repeats: Annotated[
        bool, Meta(description="Leave out a text that its author has said before.")
    ] = True

    @property
    def rules(self) -> AskRules:
        """What that means."""
        return AskRules(**asdict(self))


class ListeningSettings(Struct, frozen=True):
    """The table `[listening]`."""

    jetstream: Annotated[
        tuple[str, ...],
        Meta(
            description="Servers that tell all public posts of Bluesky, asked in this order when one falls silent; "
            "none are asked before a search listens. See search.md."
        ),
    ] = (
        "jetstream.us-west.bsky.network",
        "jetstream.us-east.bsky.network",
        "jetstream2.us-east.bsky.network",
        "jetstream1.us-west.bsky.network",
    )
    appview: Annotated[
        str,
        Meta(
            description="Who is asked for the names of people whose posts that stream brings; empty for nobody.",
            pattern=r"(https://[^\s/]+|http://(127\.0\.0\.1|localhost)(:\d+)?)?",
            examples=["https://public.api.bsky.app"],
        ),
    ] = "https://public.api.bsky.app"


class XSettings(Struct, frozen=True):
    """The table `[x]`."""

    dollars_a_day: Annotated[
        float,
        Meta(
            description="What an account on X may spend in a day (UTC) at most, in US dollars. See networks/x.md.",
            ge=0,
            le=100,
        ),
    ] = 0.5
    home_page: Annotated[
        int,
        Meta(
            description="Posts of the home feed that are bought at once, at half a cent each; 0 buys none of it.",
            ge=0,
            le=100,
        ),
    ] = 20
    port: Annotated[
        int,
        Meta(
            description="Port of the address to which your browser comes back: `http://127.0.0.1:8732/callback`, as "
            "your app names it.",
            ge=1024,
            le=65535,
        ),
    ] = 8732


class PrioritySettings(Struct, frozen=True):
    """The table `[priority]`."""

    learn: Annotated[
        bool,
        Meta(
            description="Whether the order learns from what you answer and whom you write to, on this machine."
        ),
    ] = True


class LinearSettings(Struct, frozen=True):
    """The table `[linear]`: the inbox line by line. See accessibility.md."""

    always: Annotated[
        bool, Meta(description="Read line by line where no verb is given, too, and in the demo.")
    ] = False
    news: Annotated[
        Literal["asked", "prompt"],
        Meta(
            description="When new things are told: when `asked` (`news`), or in a line before each `prompt`."
        ),
    ] = "asked"
    lines: Annotated[
        int, Meta(description="So many lines of a list at once; `more` reads on.", ge=1, le=500)
    ] = 10


class Settings(Struct, frozen=True):
    """Everything that can be set, with the values that hold where the file is silent.

    Attributes:
        look: the table `[look]`.
        timeline: the table `[timeline]`.
        sending: the table `[sending]`.
        watching: the table `[watching]`.
        reading: the table `[reading]`.
        asks: the table `[asks]`.
        listening: the table `[listening]`.
        x: the table `[x]`.
        priority: the table `[priority]`.
        notifications: the table `[notifications]`.
        mix: the table `[mix]`.
        linear: the table `[linear]`.
        keys: the table `[keys]`, by the id of what is done: the keys that shall do it, parted by spaces.
            Only the screen knows which ids there are; see `mistakes_in_keys`.
        rules: the tables `[[rules]]`; `rule_settings.own_rule` says what each means.
    """

    look: LookSettings = LookSettings()
    timeline: TimelineSettings = TimelineSettings()
    sending: SendingSettings = SendingSettings()
    watching: WatchingSettings = WatchingSettings()
    reading: ReadingSettings = ReadingSettings()
    asks: AskSettings = AskSettings()
    listening: ListeningSettings = ListeningSettings()
    x: XSettings = XSettings()
    priority: PrioritySettings = PrioritySettings()
    notifications: NotificationSettings = NotificationSettings()
    mix: MixSettings = MixSettings()
    linear: LinearSettings = LinearSettings()
    keys: dict[str, str] = {}
    rules: tuple[RuleSettings, ...] = ()
