"""What the owner of the demo account posted before the demo began, and what people answered to it."""

from __future__ import annotations

POSTS = """
Rewrote the import chapter without the word "simply". It is two pages shorter.
<saltsignal> I'd read a whole book of you removing that word.
<mira> Volume two is "just".

Support mail of the week: "It works now. I did nothing. I'd like to know what."
<lowbattery> Frame it.

Folded odile fenn's harbour map on the ferry and the whole row joined in.
<odile> Which crease did you start with? Answer carefully.
<mira> The one across the fish market.
<odile> Then you may keep it.

I write manuals for small programs. People ask who reads them. People at eleven at night do, and
they deserve verbs.

The tidewater rye is Saturdays, the walnut one Tuesdays, and no, I'm not neutral. #sourdough

Choir. I stood next to a real alto and moved my mouth.
<quillfox> I saw. Good mouth.

Screenshot with arrows: yes please. Screenshot with a circle, an arrow and "??": best mail of the day.

A user asked whether the undo could go back to spring.
<larkspur> Which part of spring? I'd like the second week of May.
<mira> You and everyone.

Today I learnt that "archived" frightens people and "resting" doesn't. Changing 31 places.
<papercrane> Thank you, from all of us who thought we'd lost Gerda.

Missed the 22:10 because it was the 22:25, then missed the 22:25.
<nightferry> We saw you. You have a good run.

Is there a word for the step you always trip over and love?
<pebbledash> "The step".
<frieda> Heimat.
<mira> Frieda wins.

Long day of short answers. The nicest began "this isn't really a question".

Drawing a diagram with three boxes. Box two does nothing, it holds the others apart.
[picture: three hand-drawn boxes in a row, the middle one empty]
<hollowreed> That's the whole theory of the pause.

Bought eleven stamps and spent eleven evenings. #letters

I keep a jar for every time a program says "oops". We eat well.

Reading the tide tables for pleasure, don't look at me.
<saltsignal> I'm looking at you with great warmth.

Would anyone proofread four pages about labels for something baked?
<tinbadger> Yes. Send.
<marginalia> Yes, in pencil, and with feeling.

The bench at the customs house has been moved back. I sat there to make sure.

Wrote "press any key". Thought of my aunt, who asked which. Wrote "press Enter".
"""

ANSWERS_TO_RECENT = """
<pebbledash> Nothing? Even I can't break it? That's quite an invitation.
[to: what you can break]
|| Understood. I'll bring a hammer and a witness.
|| I tried all evening. It's still standing. I've never had that happen.

<newoar> All our club is called Jo. It saves time in a storm.
[to: boat club]
|| We did try numbers. Nobody would be number two.
|| The cox says you may call her Captain Jo.

<soupsong> Will there be a heel of that loaf left by six? Asking for a pot of soup.
[to: walnut loaf]
|| Then the pot is yours as well. Doors at six, bring the chapter.
|| A writer who shares bread. We've set a bowl for you.

<larkspur> Would your export keep the month I sowed things, or only the day?
[to: export guide]
|| That's all I wanted to hear. My aunt's beans go back to before the bridge.
|| Exported! Four hundred rows and every bean has its month.

<hana> I print it too! I learn "nevertheless" from page six. Is page six really about cats?
[to: by the bed]
|| Nevertheless I will read it again.
|| I understood it now. "Categories" is not cats. I laughed alone in the bus.

<odile> By the customs house, facing the wrong way. You'd see people's faces instead of boats.
[to: put a bench]
|| I drew it in, lightly. If the council asks, it was always there.
|| Come on Sunday and we'll sit on the place where it isn't yet.

<juniperpost> At the top of Chapel Steps, for the post. I'd dedicate it to my knees.
[to: put a bench]
|| My knees thank you in writing, second class.
|| I'll carve "rest, then ring" into it.

<inkdrinker> The bed shelf is the highest honour a book can get. May we have a copy for the desk?
[to: by the bed]
|| We'll put it between the atlas and the grief one, where people look.
|| Somebody has already borrowed it. She said "finally, verbs".

<halfpast> Under the north face, so people can wait for it to be right.
[to: put a bench]
|| That's what I hoped you would say. I'll bring the ladder, you bring the bun.
|| Done. There's a chalk mark on the wall at bench height.
"""
"""How the town answers the owner's newest posts, the ones in `front`, with what they say next (`||`)."""
