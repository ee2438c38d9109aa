"""What newcomers, strangers, people with a question and spammers post."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "mossygate": """
Moved in on Saturday. The gate is older than my whole street was. It's green, and so am I.
<juniperpost> It squeaks in A. You'll get used to it, then you'll miss it on holidays.

Is there a shop here that sells one nail? I only need one nail.
<plainoak> Boathouse. Take two, for company.

Nobody told me about the foghorn. I've now met all my neighbours, in coats.
<harbournan> Welcome! You looked very well in yours.

Poll, for people who know the bakery.
[poll: rye | spelt | the one with walnuts]

I asked three people the way and all of them came with me.

Unpacked the last box. It had the kettle in it. It was a long week.
[picture: a kettle alone on an empty kitchen counter, garden gate through the window]

Learning the names of the winds from a man who sells mackerel.
<lola> Mi primo. No le hagas caso con el del norte.

{Found|Fixed|Painted} the {latch|mailbox|third step|bell}. {It holds.|A neighbour clapped.|I live
here now.|Who do I tell?}
""",
    "papercrane": """
We're a small association, eleven people and a boat. I am the one with the spreadsheet.

The spreadsheet has a tab per year and a year per tab. I didn't do that. I inherited that.
<fernledger> I'm so sorry. Breathe. Make a copy first.

Does "archived" mean gone, or does it mean resting? Every program means something else.
<acorn> With us it means resting.

Folded the agenda into a crane during the meeting. Motion carried.
[picture: a paper crane made of a printed agenda, item 4 visible on one wing]

How do other clubs keep addresses and stay friends?
<copperkettle> A list, a kettle, one person who is allowed to be strict.
<papercrane> I think I'm becoming that person.

First week with labels in place of tabs. I slept eight hours.

{Exported|Counted|Sorted|Merged} the {members|boat keys|dues|birthdays}. {Two people are the same
person.|One of us is 204 years old.|It adds up.|I told the boat.}
""",
    "blueapron": """
Bakes without eggs, asks a lot, answers when I can.

Second try at the walnut loaf. Denser than a promise. Any advice?
<tidewater> More water than you dare, and then wait longer than you like.
<blueapron> I dared. It's singing!

@soupsong I can bring two trays on Wednesday. Is the hill as bad as they say?
[to: bread run]
<soupsong> It's worse, but there's a bench.

Who bakes without eggs near the harbour? I'd love to swap notes and failures.
<frieda> Ich! Mit Apfelmus. Komm vorbei.

Flour on the phone again, so if I send you a row of vowels, that was dough.

@harbournan My grandmother did the same with the crusts! Did you use butter or dripping?
[to: crust]
<harbournan> Dripping, and a prayer.

Today's crumb. I am not crying, it is the onions in the other one.
[picture: a sliced brown loaf with an even, open crumb]

@hana "Knead" and "need", yes, we all laugh about it, it never gets old.
[to: vowels]

{Seeded|Oat|Potato|Cardamom} {rolls|loaf|knots}, no eggs, {try {two|three|five}|first try|by ear}. {Rose
like a tide.|Flat, tasty, ashamed.|The neighbours knocked.|Recipe for whoever asks.}
""",
    "tabularosa": """
Anyone know how to get candle wax out of a choir robe? Asking for every alto.
<brassbutton> Brown paper, warm iron, no talking.

Anyone know a crm that works offline? We meet in a boathouse and the sea has no signal.
<plainoak> A book, a pencil, a string for the pencil.

I collect questions that sound like excuses.

Anyone know who tunes harmoniums and doesn't laugh?

Anyone know a small museum that takes one (1) anchor?
<mothlantern> We do! Is it heavy?
<tabularosa> It has been described as "the heavy one".

{Anyone know} {where to get|who repairs|how one cleans|who collects} {accordion straps|brass
barometers|old window panes|hand bells|chart tables}{?| before Saturday?| without telling my
brother?| and asks no questions?}
""",
    "latestarling": """
New here, old elsewhere. I read more than I write. I come for the boats and stay for the commas.

I keep a list of benches. Fourteen so far. Reviews on request.
<odile> Requested!

@inkdrinker Is the quiet room open on Mondays? I have a novel with a deadline.
[to: quiet room]
<inkdrinker> From ten. Bring socks, the floor creaks in shoes.

@larkspur My beans never came up, so your "always" gives me hope and a little envy.
[to: always up]

@plainoak Does larch really smell of Sundays? I went and checked. It does.
[to: larch]

@petitphare Bonsoir à l'ampoule, alors, de la part d'un étourneau en retard.
[to: ampoule]
[lang: fr]

@woolgather Is the bollard's jumper machine washable? Sea machine, I mean.
[to: bollard]

@cinderpath Which way round do you run it? I keep meeting you from the front.
[to: heron]
<cinderpath> Against the heron. Always against the heron.

@thirdbell I hum it flat, too. I thought that it was me.
[to: flat]

@hollowreed I listened with the window open and a dog answered in part two.
[to: Ballast]

@gullwatch He was on my sill today with a receipt. Not mine.
[to: gull]

@juniperpost You waved with a parcel. Noted and appreciated.

@slowchess Could one follow game 12 from home? I have a board and no opponent.
[to: game 12]

@pebbledash We had that door. It's nicer if you oil it and expect nothing.
[to: door]
""",
    "harbournan": """
Eighty-one, one dog, two new hips. I'm here because my granddaughter set it up and left.

The harbour had eleven bakeries when I was a girl. One was enough.

@confettiotter What is the third little picture, dear? I see a square.
[to: 🐟]
<confettiotter> that's a seal in a party hat 🦭 i'm sorry about your square

@brassbutton My husband's coat has your patch. He'd have liked you.
[to: tweed]

@newoar We rowed to school. You'll be fine. Spit on your hands.
[to: callus]

@tidepool Limpets! We called them hats.
[to: limpet]

@nightferry The 22:10 was the one I met him on. I'll try to love the 22:25.
[to: 22:10]
<nightferry> We'll ring once for you.

@weathercat Don't be rude.

@oldlantern I've a lamp of your grandfather's. It works. I just like you to know.

@lola You gave me too much change, come and get it, there is cake.

@halfpast It was right once, in spring, the year of the big snow. We all came out to look.
[to: wrong in four]

@thirdbell I rang four for nine years. Mind the draught on the second landing.
[to: bell two]

@wren The little jug you made is where I keep the good teaspoons.

@hana "Nevertheless" is what my mother said in place of swearing.
[to: drizzle]

@blueapron Wait till it sounds hollow, then wait some more, that's all I know about anything.
[to: walnut loaf]
""",
    "parcel20418": """
hello

testing

is this on
""",
}

SPAM: dict[str, str] = {
    "dealrocket77": """
Hi! Great account. Grow your business with our panel, link in reply, 50 % only today
https://rocketpanel.example/go
""",
    "luckycoin44": """
You have been selected!! Claim 2 lucky coins before midnight https://luckycoin.example/claim
""",
}
"""The one text that each spammer sends to everybody."""

ADVERTS: dict[str, str] = {
    "dealrocket77": """
{More reach|10x reach|Real growth|Best price} {today|tonight|this week} only, {panel|offer|deal} inside
https://rocketpanel.example/{a|b|c|d|e|f|g|h|j|k}
""",
    "luckycoin44": """
{Coins|Luck|Bonus} {waiting|dropping|unlocked} https://luckycoin.example/{1|2|3|4|5|6|7|8|9}
""",
}
"""What spammers post when they address nobody."""

SPAMMED: tuple[str, ...] = (
    "odile",
    "quillfox",
    "tinbadger",
    "larkspur",
    "juniperpost",
    "plainoak",
    "inkdrinker",
    "brassbutton",
    "soupsong",
    "tidepool",
    "halfpast",
    "newoar",
    "fernledger",
    "woolgather",
)
"""Who got the same text before the owner did."""

EDITED = """
<odile> Walked to the lighthouse before brekfast. Two hundred and six gulls, one of them rude.
[edit: Walked to the lighthouse before breakfast. Two hundred and six gulls, one of them rude.]

<nightferry> The 23:40 leaves from pier 3 tonight.
[edit: The 23:40 leaves from pier 2 tonight. Pier 3 was wishful thinking, sorry.]

<quillfox> Rehearsal moves to Wednesday this week, the hall has a wedding.
[edit: Rehearsal moves to Wednesday this week, the hall has a wedding. EDIT: not mine.]

<saltsignal> New in tides: a quieter beep.
[edit: New in tides: a quieter beep, and an option to have none, which is now the default.]

<tinbadger> Proofs are done. Every word of them is corect.
[edit: Proofs are done. Every word of them is correct. Every word but one was, I mean.]

<larkspur> Frost tonight! Cover the lettuce.
[edit: Frost tonight! Cover the lettuce. Uncover the cat.]

<tidewater> Cardamom knots are out, twelve left.
[edit: Cardamom knots are out, twelve left. Four. None. Thank you.]

<inkdrinker> The library opens at nine tomorrow.
[edit: The library opens at ten tomorrow. Nine was ambition.]

<hollowreed> Tonight's play lasts fourty minutes.
[edit: Tonight's play lasts forty minutes, and the pause in it is meant.]

<juniperpost> Found a glove on Chapel Steps, right hand, red.
[edit: Found a glove on Chapel Steps, right hand, red. Claimed within a minute, you people are fast.]

<halfpast> North face is correct.
[edit: North face was correct.]

<hana> I am very exciting about the market tomorrow.
[edit: I am very excited about the market tomorrow. (Thank you, everybody. I am also exciting.)]
"""
"""Posts that their authors correct a little later."""

DELETED = """
<lowbattery> test

<pebbledash> Does anybody else's kitchen ceiling hum, or is that

<grumblegoose> If the person with the accordion is reading this, I know where

<confettiotter> mum can you pick up 🥚🥚 and tell dad nothing

<newoar> I think I'm quite good at this now.

<secondviolin> wrong window, sorry, that was about the viola

<tidesbot> High water 61:20, 48.0 m.

<plainoak> Bid on the blue dinghy, lot 9. Nobody else has noticed it.

<marginalia> I have finished the book and I know who did it, it was

<fernledger> Password reminder for the hall account:
"""
"""Posts that their authors think better of."""

QUESTIONS = """
<copperkettle> Anyone know a crm that prints labels without a fight?

<tabularosa> Anyone know where one learns to splice rope on a weeknight?

<fernledger> Anyone know a crm simple enough for a rowing club with two treasurers who don't speak?

<newoar> Anyone know how to sit down after rowing?

<papercrane> Anyone know how to move four years of addresses without losing the umlauts?

<tabularosa> Anyone know a crm, or a shoebox with search?

<mossygate> Anyone know when the library lets new people in?

<copperkettle> Anyone know someone with a van, a Saturday and a good nature?

<blueapron> Anyone know a mill that sells by the sack and not by the lorry?

<hana> Anyone know what "by and by" means? Not "by", the whole thing.

<pebbledash> Anyone know a plasterer who likes a challenge and doesn't sing?

<tabularosa> Anyone know a crm for a choir where half the singers share one email address?

<slowchess> Anyone know a stamp dealer who takes rooks?

<cinderpath> Anyone know a path to the point that isn't the path to the point?
"""
"""Questions to the whole town: what a standing search for `anyone know` catches."""
