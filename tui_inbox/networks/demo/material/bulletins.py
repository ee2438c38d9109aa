"""What the town's offices, shops and machines announce. Bulletins repeat their form, never their news."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "nightferry": """
Lost on the 23:40: one left clog, one birthday cake (unharmed), one argument about directions.
<lostfound> Clog and cake received. The argument is still out there.

The saloon heater works. We'd like to thank the passenger who asked it nicely.

Tonight's crossing waits eleven minutes for the choir. They will sing instead of apologising.
<quillfox> We could do both.

No dogs on the upper deck except Biscuit, who has a season ticket.

A whale was seen off the point, 21:50. It was going our way and kept left.
<tidepool> Which side did it blow?
<nightferry> Both, says the mate. She's still pale.

New window seats on the port side. The view is the same, the knees are better.

Please do not feed the purser.

The mate's accordion evening is cancelled by unanimous wish of the mate.
<gullwatch> My subject is relieved.

Fares stay as they are this winter. The kiosk's tea does not, it has got better.

Fog. We go slowly and ring. If you hear a bell, it's us; if you hear two, it's us and the chapel.

{The 18:40|The 20:15|The 21:30|The 22:25|The 23:40|The 00:50} {left on time|is running {six|nine|
twelve} minutes late|is {half full|nearly empty|full of wedding guests|full of cellos}|waits for the
train}. {Sea {slight|moderate|like a plate|lumpy}.|Tea at the kiosk until midnight.|Hold your
hats.|Gangway steep at low water.|Mind the wet rope.|The purser is in a good mood.}

Pier {1|2|3}: {ladder back in place|lamp {two|four|seven} is out, bulb ordered|wet paint, again|a seal on
the steps, he was there first|ticket machine takes coins only|queue to the left, please}. {Thank
you.|Until Thursday.|We mean it.|Mind the rope.|The purser knows.}

Found on board: {a green umbrella|one mitten, striped|a flute case, no flute|half a crossword,
finished by us|a library book on bees|three keys on a cork|a scarf that smells of oranges|a jar of buttons}.
{At the kiosk.|With the purser.|Describe it and it is yours.|Nobody on deck has missed it.}

{Tomorrow|On Friday|This weekend|From Tuesday} {the first boat is at 05:{20|35|50}|bicycles go free|the
{lower|upper} deck is being painted|there's an extra crossing after the {concert|match|fair}|we sail
with one funnel lit}. {See you on deck.|Plan for the {hill|crowd|tide}.|Rug hire as usual.|Ask at pier
2.}
""",
    "tidewater": """
Rye is out of the oven. So is the one with walnuts. So is Pim, for air.
<latestarling> Is there any rye left after two, in your experience?
<tidewater> In our experience there's a heel and a smile.

The starter is nineteen today. She has outlived three ovens and a landlord. #sourdough
<beplan> Happy birthday to the oldest person I know here.

We bake without nuts on Tuesdays, on the other bench, with the other apron. Ask, we'll show you.
<blueapron> Thank you for writing "show". That's rare.

A tray of buns met the floor. The gull was informed. Half price on anything that isn't round.

We're told that the queue has started a book club.
<inkdrinker> It has. They're on chapter four. Please bake slower.

Tomorrow: cardamom knots, until they're gone, which is nine.
[picture: a tray of glossy knotted buns with pearl sugar]

The oven door has a new hinge and we've no excuses left.

Somebody paid for the next ten people and ran. If it was you, your coffee is on us until spring.

No eggs in these, on purpose: the seeded one, the rye, the flat one with salt. Everything else, ask.
<blueapron> Could you bear to share how you glaze without?
<tidewater> Potato water. Don't tell the pastry people.

{Out now|On the shelf|Fresh}: {rye|spelt|oat and honey|the one with walnuts|buckwheat|potato bread|
the long white one}, {still singing|crackling|a little dark, on purpose|misshapen, delicious}. {Until
{ten|noon|two}.|Nine left.|Door's open, mind the step.|Pim says hello.}

{Bench test|Tomorrow's idea|Overnight experiment}: {smoked flour|sea water instead of salt|cold rise,
{thirty|forty} hours|a bun in the shape of pier 2}. {Not again.|Again!|Tell us what you
think.|Staff ate it, no data.}
""",
    "weathercat": """
Sun. I am in it. Do not ring.

Wind. I have been outside, I've been inside, I hold both against you.

Fog. There is no harbour. There was never a harbour. Feed me.

Barometer sat upon. Falling.

Snow is a dog's idea.

{Rain|Drizzle|Sun|Wind|Fog|Hail|A bright spell} {before tea|after tea|during tea|by noon|towards
evening|when you hang the washing|only over the bowling green}. {I've moved to the {sill|stove|
drawer}.|Paw {dry|damp|offended}.|Tail at {half past|storm warning|rest}.|You may look out of the window
yourself.|Umbrella: yours to carry.}
""",
    "tidesbot": """
High water {03:52|06:10|09:25|10:41|13:18|16:40|19:07|22:33}, {3.9|4.2|4.6|4.8|5.1} m. Low water {six
hours later|in the small hours|at tea time}, {0.7|0.9|1.2|1.4} m. {Bar passable {two hours each
side|until noon|for shallow boats}.|Causeway dry from {eight|eleven|three}.|Neaps.|Springs on
{Thursday|Sunday|Tuesday}.} #tides

Slack water at {04:15|07:50|11:05|14:30|20:20}. {Wind against tide after {two|five}|Kind conditions|
Swell from the west, {half a metre|one metre}|Surge of {10|20} cm expected}. #tides
""",
    "elmport": """
The library bridge closes on Thursday for painting. Yes, the same blue. No, you may not help.
<odile> I asked first.

Council meeting on Tuesday, open to all. Item 4 is the bench. Please be kind in item 4.
<cinderpath> I'll bring the bench.

Street lamps on the harbour stairs: warm light from Monday, as you asked. Thank you for forty-one
letters and the drawing.
<mothlantern> The moths and I are in your debt.

Bins: green this week. If in doubt, look at what your neighbour at number six did. She's always right.

Winner of the naming vote for the new gritter: "Sir Slips-a-Lot" lost by one to "Gritta". We respect
the result.

The fountain runs again. The coins will go to the soup kitchen, the sock is at lost & found.
<lostfound> We already have its brother.

{Chapel Steps|Ropewalk|Pier Road|Cinder Path|Market Square}: {resurfacing|leaf clearing|new railings|a
film crew, three people and a goat} on {Monday|Wednesday|Friday}, {nine to four|from noon|one lane}.
{Please go round by the {canal|church|ducks}.|Access for residents and prams.|We'll be quick.|Questions
to the nice man in the hut.}

{Notice|Reminder|Good news}: {allotment letters are out|the hall has {chairs|heating|a ramp} again|
{two|three} benches mended|winter opening hours from Monday}. {Thank you for waiting.|Please tell your
neighbour.|Volunteers made this happen.|Tea was involved.}
""",
    "acorn": """
acorn 5.2: export keeps labels when "with labels" is ticked in step two. It's ticked by default now.
[link: https://acorn.example/52 | acorn 5.2, what changed | Four small things you asked for]
<latestarling> Does that count for archived people, too?
<acorn> It does. They come out last, with a little note.

We're a crm for people who'd rather not have one. Forty clubs, one bakery, two choirs.

You can now merge two records of the same person without losing either of their birthdays.

Question for clubs: what do you print every single month? We'd like to make that one click.
<copperkettle> The rota. And the list of who hasn't looked at the rota.
<fernledger> Anything with a total at the bottom.

Support hours this week: mornings and mira. Reply here, we read everything.

Import wizard no longer says "wizard". It says "import". We've grown up.

A volunteer wrote us a manual page about what "inactive" should mean. It's better than ours, so it
is ours now, with her name on it.
[link: https://acorn.example/manual/inactive | What "inactive" means | by somebody who keeps a phone list]

Tip: {a filter can be saved with the star|shift selects a range of people|"since spring" works as a
date|you can paste straight from a spreadsheet|undo goes back {nine|twenty} steps|names may have one
word}. {We only learnt this from support mail.|Try it on a copy first.|Manual, chapter {two|four|six}.|
#acorn}

{Fixed|Better now|Sorry, fixed}: {phone numbers that lost their zero|the label printer's {margin|
mood}|dates before the club existed|search finds accents}. {Update when you like.|Nothing to do on
your side.|Thanks to the person who sent a screenshot with arrows.|Reported on {Monday|a ferry|
paper}.}
""",
    "lostfound": """
Handed in: one trombone, warm.
<odile> There is a man in a car who will want that.

Collected today: the sock, after eleven months. It was an emotional scene, the other sock came too.

Still here: a wedding ring engraved "finally", a left oar, a cake tin with an apology in it.
<newoar> The oar might be ours. How left is it?

We do not keep umbrellas longer than a year. We set them free on a windy day.

To the boy who lost a tooth on pier 2: we found it, the envelope is marked, the fairy has been told.
[picture: a very small envelope on a very large counter]

Handed in: {a violin bow|one ice skate|four identical hats|a map of somewhere else|a kite, tired|a
thermos, still hot|half a pair of binoculars|a letter addressed to "you"}. {Ask at the hatch.|Bring the
other half.|We've not read it. Twice.|It's been given a chair.|Open {nine|ten} to {four|five}.}

Returned: {a hearing aid|a ukulele|the spare key to the church|a shopping list, by request|a model
boat}. {Tears.|Cake was left for us.|Owner had only just noticed.|Case {212|340|417} closed.}
""",
    "papermoon": """
Tonight at eight: the one with the lighthouse. Forty-two seats, one of them good.
<mothlantern> Is it accurate?
<papermoon> The stairs are. The romance is a matter for you.

The projector's fixed with a button from brass button. A coat button. It's the smoothest it has ever
been.
<brassbutton> Four-hole, horn. I'm so proud.

Silent film on Sunday with second violin and an upright piano that's done this before.

We sweep up more popcorn than we sell. Explain.
<gullwatch> He has a matinee.

What shall we show on the longest night?
[poll: the long one | the snow one | three short ones | the one where nothing happens]

{Tonight|Thursday|Matinee, Saturday}: {the one with the {train|dog|two brothers|storm}|a film nobody has
heard of, twice|shorts from the film school|a musical, you may hum}. {Doors half past seven.|Blankets
in the basket.|Row C wobbles.|Pay what you like, popcorn included.}
""",
}

STORM = """
Squall warning from the point, valid until the kettle boils. We look at the water before each crossing.

The next boat goes. Sit inboard, hold the cake.

The one after it waits at pier 2 with the engine on and the purser off.

Biscuit has been moved to the saloon and has views on it.

It was a small squall. Everything sails as printed, the cake is fine.
"""
"""What the ferry says within a minute, newest last: much by one in a row."""

REPLIES: dict[str, tuple[str, ...]] = {
    "nightferry": (
        "Which pier tonight?",
        "Thank you for the warning, I'll take the hill.",
        "Is the kiosk open on this one?",
        "We saw you from the point, all lit up.",
        "I was on it. Slow, but the sky made up for that.",
        "Could somebody tell the pier clock?",
        "Is there room for a pram and a cello?",
        "My mother says thank you for waiting.",
    ),
    "tidewater": (
        "Is the rye one still warm?",
        "Two of those for me, please, I'm at the fish stall till noon.",
        "We ate it on the steps. None reached home.",
        "Do you keep one back for people with night shifts?",
        "My neighbour says it's the salt. Is it the salt?",
        "Do you post loaves? My sister moved inland.",
    ),
    "weathercat": (
        "Thank you, cat.",
        "You said that yesterday and it was sunny.",
        "Should I take the washing in?",
        "Are you well? You sound damp.",
        "My knee agrees with you.",
    ),
    "elmport": (
        "Is that both sides of the road?",
        "Thank you for the railings, truly.",
        "Who do I write to about the lamp by the school?",
        "Is there a way round with a wheelchair?",
        "Good. My mother asked about this in spring.",
    ),
    "lostfound": (
        "Is there a grey glove? Left, thumb gone.",
        "I think that's my uncle's. How tall is it?",
        "You're the nicest counter in town.",
        "Not mine, but I want to know how this ends.",
        "Do you take found dogs, or only things?",
    ),
    "papermoon": (
        "Is it subtitled? My aunt reads faster than she hears.",
        "Row C, seat four, same as always.",
        "Could you show that one again for the night shift?",
        "We cried in all the right places.",
    ),
    "acorn": (
        "Where do I find that? We're still on 5.1.",
        "This saved me an evening. Thanks.",
        "Does it work for two lists at once?",
        "Can a club of eleven use this without an office?",
    ),
}
"""Answers that fit whatever such a broadcaster says: townspeople and passers-by leave them."""
