"""What the owner's friends in the town post."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "quillfox": """
Choir tonight: forty singers, thirty-one chairs, one window that opens. We have agreed to call
it staging.
<fernledger> The treasurer notes nine missing chairs and says nothing for now.

The basses have learnt the alto line out of spite and it is the best they have ever sounded.

A tenor asked me whether the rest in bar 14 is optional. I have been thinking about it since.
<secondviolin> In the orchestra we call that a career.
<quillfox> He is already insufferable, please don't tell him.

Found the programme of the winter concert from sixty years ago behind the radiator. Same hall,
same ferry song, same note about parking. #choir
[picture: a yellowed concert programme with a coffee ring on the date]

New rule: whoever says "from the top" carries the piano.

Does anybody have parts for The Boats Come Late in F? We have it in G and the sopranos have
opinions. #choir
<thirdbell> There is a box marked F in the tower. Possibly for funerals. I'll look on Thursday.
<quillfox> If it is for funerals the sopranos will manage.

Sorted the singers by label instead of by row and found a man who has been in three sections
since spring. He says he goes where he is needed.

Rehearsal note to self: "louder" is not a feeling.

The hall's heating has two settings, Lent and August.
<halfpast> I have looked inside. It is one setting and a mood.

Concert on the 14th, doors open when the caretaker finds the key. Free, coats stay on.
[link: https://choir.example/winter | Sea songs and two carols nobody knows | Elmport choir, winter]

I conduct with a knitting needle now. The baton is in the piano and the piano is not giving it
back.
<woolgather> What size?
<quillfox> Four millimetres. Good for anything slow.

Twelve altos. I counted twice. Something is about to happen.

The encore. Vote honestly, the basses are watching.
[poll: the ferry song | the slow one | the one with clapping | no encore, go home]

{Tonight|Rehearsal:|Notes from the piano stool:} the {sopranos|altos|tenors|basses} were {early|late|
somewhere near the ceiling|suspiciously well prepared}, the {radiator|page turner|back row|soup in
the foyer} was {flat|magnificent|not speaking to anyone|better than bar 30}, and we stopped at
{nine|ten past nine|the second wrong key|the smell of toast}.

Somebody left {a single glove|a trombone mute|three lemons|a shopping list in my handwriting|a very
small accordion} in the {alto folder|umbrella stand|piano again|box with the lost pencils}. {I ask no
questions.|Claim it before the concert.|It has better pitch than the tenors.|Describe it and it is
yours.}
""",
    "odile": """
Walked the inner harbour with a tape measure and a thermos. It is eleven metres shorter than the
council says. I have told nobody important.
<halfpast> You have told us. We are the opposite of important. Go on.

A map is a list of things you decided not to mention, folded.

New sheet finished: Elmport by sound. Blue for bells, brown for dogs, and one red dot for the man
who practises the trombone in his car. #maps
[picture: a town map without names, covered in small coloured circles]
<mothlantern> Is the foghorn on it or would that be the whole paper?
<odile> The foghorn is the paper.

Someone moved the bench on Cinder Path by four paces. I can live with change, but I'd like it in
writing.
<cinderpath> It was in the puddle. It is now beside the puddle. You're welcome.

The lamp on the second bridge is lit again. I don't know who did it, but I went back twice to look.

Every year somebody asks me for a map of the allotments, and every year larkspur lane explains to
them that the borders are "a matter of feeling".

Does anyone know who to ask about the blue paint on the harbour stairs? It's a very particular blue
and I need about a thimble of it.
<plainoak> Boathouse, second shelf, the tin that says GREEN.

The trick with folding: fold it wrong on purpose once, at home, where nobody sees. After that it
trusts you.
<juniperpost> I carry one of yours in the bag. It opens by itself now, always at the bakery.
<odile> That is not the folding. That is butter.

Drew the north shore from memory, then from the ferry, then from the photograph. Three shores. The
one from memory has the most birds.

Sunday walk, anyone? Slow, wet, with a bun in the middle. We meet at the clock that is wrong.
<halfpast> It is being seen to.
<harbournan> May I bring a dog who has views on buns?
<odile> Bring him, his views are the majority.

There's a gap in the hedge at the old customs house, just wide enough for one person and a rolled
chart. I didn't put it on the map. That is how you can trust me.

Corrected the harbour map for the ninth time. The boats keep moving, which I'm told is the idea.
[picture: a pencil, an eraser worn to a crumb, and a chart with a lot of grey in the middle]

Which way up?
[poll: north on top, like everybody | sea on top, like sailors | bakery on top, like me]

Spent the afternoon measuring steps. My step is 71 cm uphill, 78 cm downhill and 64 cm past the
butcher's dog.

How to find the quiet way from the market to the water: leave by the arch with the wrong date on it.
Count two doors, then a wall that is warm. Behind the wall somebody bakes for a shop that isn't ours,
we don't talk about it.¶At the pump, turn your back to the church. You'll want to go left, everybody
does, left is where the signs are. Go straight on, through what looks like somebody's yard. It is
somebody's yard. Say good morning.¶Then there are nineteen steps, and on the seventeenth you can see
the boats, one before you can hear them. I've put a dot there. If you need a map for any of this I
have failed, and it's six coins at the bakery.

Walked {out to the breakwater|the long way round by the ropeworks|up to the chapel and back|along the
canal as far as the ducks allow}. {Two|Three|Five} {new puddles|changed signs|open gates|unfamiliar
cats}, {all|most|one} of them {worth a symbol|correctly placed|missing from the sheet|better than last
year}.

{Ink dried before I did.|Paper came today.|Sheet {seven|eight|nine} of twelve.} {The scale is one to
a pleasant afternoon.|I left out the car park again.|The sea took up more room than planned.|I drew
the rain as dots and now it looks like news.}
""",
    "tinbadger": """
Issue nine of the zine is stapled. Forty copies, forty-one staples. One of you is lucky.
<inkdrinker> The library would like the lucky one, for the archive.

I set a whole page in eight point and now I remember why my grandmother had a lens on a chain.

The letter e is worn out. From Thursday this press prints only in the past tense. #letterpress
<hollowreed> That lasts until you need "the".

Semicolons are commas in a dinner jacket; I rest my case, and I hate that I just used one.

Small triumph: the ink the colour of wet slate now has a recipe instead of a legend.
[picture: a slab of grey-blue ink under a palette knife, with a teaspoon for scale]

Somebody sent me eleven pages about a heron. I'm on page four. The heron has not arrived and I don't
want it to.
<marginalia> Stay on page four. Everything after the heron is plot.

The press says clunk. It's supposed to say clonk. I have been standing here for ten minutes like a
man listening to a horse.
<lowbattery> Have you tried turning it off and being sorry?
<tinbadger> It is from before off.

Swap: one set of wooden type, 72 point, no K, for a bicycle lamp that works. #swap
<juniperpost> Keep the type, take the lamp, I have a spare. Behind the red gate after four.

Editing is mostly asking "who says so?" in a kind voice.

Cover for issue ten. Please be brutal, I've stopped seeing it.
[poll: the heron | the empty chair | only the title, very small]

Found a typo in the note that apologises for typos. It has been on the wall for two years.

I read every letter that comes in. I answer slowly and on paper. If you got a card that smells of
turpentine, that was the long answer.

Page {four|six|nine|eleven} is {finally straight|crooked in a way I like|set, proofed and
regretted|three words too long}. {The heron stays.|Cut the last line.|Tea.|I blame the serif.}

To whoever {left a parcel of lead|returned the bone folder|wrote "more swans" on the proof|
swept the doorstep}: {thank you|I saw that|you have understood the magazine|there will be a staple
in it for you}.
""",
    "hollowreed": """
Recorded rain on three kinds of roof. The cheap one won.
[audio: forty seconds of rain on corrugated iron, one distant gate]

A character who's only ever heard through a wall. Nobody has asked me yet why she laughs. Keep not
asking.

Every door in radio is the same door. I know because I own it. It stands in my hall and leads
nowhere.
[picture: a free-standing wooden door in a hallway, with a microphone at its lock]
<pebbledash> I have a spare frame if it gets lonely.

Wrote all day. Kept a cough and one good pause.

To get the sound of a ship at night you need a cellar, a rope and somebody who loved that ship.

The actor playing the sea called in sick.
<gullwatch> Understudy here. I can do waves and I can do outrage.

Episode three goes out tonight at ten past ten, right after the ferry news, while you're washing up.
#slowradio
[link: https://radio.example/hours | The Small Hours, part three: Ballast | A play for one kitchen]
<larkspur> I washed the same plate for nineteen minutes last week.
<hollowreed> That is the finest review I've had.

I cut the narrator. He took it well, he had seen it coming.

Things that sound like fire on tape: cellophane. Things that sound like cellophane: everything I own.

A listener wrote that she paused the play to put the bins out and the silence fitted. I might
print that on the door.

Is there a word for the pause before somebody says they are fine?
<dunemaree> En français, on appelle ça « jeudi ».

Looking for a person who can whistle badly on purpose. Paid in soup. #slowradio
<confettiotter> I can only do it by accident 🫣
<hollowreed> Then I'll come and wait.

What I learnt from recording one kitchen for a year: nobody closes a drawer the same way twice, but
everybody opens it the same way.¶The clock is louder when people lie. It isn't really, I measured. It
is just that they stop breathing for it.¶Soup has three sounds and the middle one is the one you
want. If you put the microphone in the colander you get the sea, and if you put it in the sea you get
a colander. And the best silence I have on tape is from a Tuesday: two people, one letter, unopened. I
had gone out to buy bread.
<inkdrinker> We'd like to have this on the wall, in very small letters, next to the kettle.

{Tape|Take} {nine|fourteen|twenty-two}: {the kettle came in early|a motorbike, quite moving|perfect,
except for my stomach|the fog horn got the last word again}. {We keep it.|Again after lunch.|Nobody
will ever know.|I've written it into the plot.}

The {landlady|smuggler|piano tuner|second daughter} in part {four|five|six} now {says nothing for a
whole page|has a cold|owns a boat|tells the truth}. It {helps|ruins everything|was always going to
happen|makes the soup scene shorter}.
""",
    "saltsignal": """
Deleted four hundred lines today and the program got friendlier.

People ask for settings. I ask what they'd set them to. It's always the same value, so I made it the
value.

The moon is 0.3 % off in February. I know where it comes from and I'm going to leave it, it has been
there longer than I have.
<weathercat> The moon declines to comment.

Wrote the manual before the program. The manual is now more reliable than I am.

Bug of the week: at low water the harbour had minus four boats.
<odile> That is about right for November.

Version 14. It does less. Changelog: "removed the part where it did more".

If your program needs a tour, I need a chair.

The screen reader reads my chart as "dot dot dot dot boat". We're keeping the boat and losing the
dots. Thank you to the person who wrote in.

Solar panel on the shed drives the tide display all through the winter now, with enough left for one
very small radio.
[picture: a wooden box with a strip of e-paper showing a curve, screwed to a shed door]
<mothlantern> Which radio?
<saltsignal> The one that only gets hollow reed.

Two space indents, four space indents, my neighbour has a tractor and does not care.

Tip: write the error message you'd like to read at three in the morning with wet hands. Then write
the code that never needs it.¶Mine used to say "invalid input". It now says "I don't know a harbour
called Elmprt, did you mean Elmport?" Letters to me fell by half, and the ones that still come begin
with hello.
<hana> I like when computer says "did you mean". It feels it is on my side.

Tab completion for harbours is in. I tested it on all harbours I have been sick in.

Release day. One file, 212 kilobytes, 9 of them apology.
[link: https://tides.example/14 | tides 14 | what changed, which is little]

{Fixed|Found|Finally reproduced} the {leap year|spring tide|daylight saving|narrow terminal} thing.
{It was a comma.|It was me.|It was a file from before the bridge.|The cat stood on it, in a manner of
speaking.}

{Someone|A fisherman|A school class|A very polite person} {wants|asked for|sent me} {the tides of
1911|a sound when the water turns|bigger boats in the drawing|a Welsh translation}. {Of course.|Give
me a week.|I had no reason to say no.|It is the best idea of the month.}
""",
    "larkspur": """
The beans are up. The beans are always up. I'm the one who was worried.

My almanac said sow. The sky said no. I'll be writing to the author, who is me.

Allotment committee: two hours about the hose. We have a hose rota, a hose fund and a hose.
<secondviolin> Is there a hose song?
<larkspur> There will be by spring if the choir hears of this.

Giving away nine courgettes. Not a question. They'll be on your doorstep.
<brassbutton> Door is locked. Windows too.
<larkspur> I know about the cat flap.

First frost, and the dahlias went like candles. Lifted the tubers, wrote the labels, mixed up the
labels. See you in August, whoever you are. #allotment
[picture: a tray of muddy tubers, each with a paper label, two labels on the floor]

Please test: if you enter a date in the past the almanac no longer says "too late". It says "next
year". People cried, apparently.
<saltsignal> Ship that exactly as it is.

A robin supervised all of it.

If you've ever called a slug "mate" you may join our club. We meet at dusk with torches and very
little plan.

Compost at 61 degrees. I've been out twice to hold my hands over it like a person in a novel.

Seed swap on Saturday in the hall, ten till the tea runs out. Bring what you have, take what you
don't understand. #seeds
[link: https://garden.example/swap | Seed swap, Elmport hall | labelled envelopes appreciated]

What shall the almanac do when it does not know?
[poll: say so | guess, politely | tell a story about my aunt]

The wheelbarrow has a squeak in E flat. quillfox has asked for it as a pitch pipe.
<quillfox> I asked for it as a tenor.

Row {three|five|seven}: {leeks|spinach|the mystery bed|garlic}. {Weeded|Watered|Apologised to|
Mulched} until {dark|the kettle called|a neighbour said "still?"|my knees voted}. {Worth it.|The slugs
watched.|One {worm|frog|toad} attended.|Almanac says rest now.}

Beta note: {fixed the moon|moved the frost warning up|the plural of "leaf" works|month names in
{German|Welsh|Japanese}}. {Tester four|My aunt|A man on a barge|The schoolchildren} found it {within a
minute|while looking for something else|and wrote a poem}.
""",
    "juniperpost": """
Headwind out, headwind back. I've written to management, who is the sea.

The dog at number nine has learnt to carry the post to the door and now wants a rate.

Somebody sends herself a postcard from each holiday so that one is waiting at home. I bring it the
day after she's back. It's the best stop on the round.

Puncture on Ropewalk, mended with a stamp. It held as far as the bakery, and so did I.
<brassbutton> What value?
<juniperpost> Second class. I walked the bike after that.

If your letterbox bites, please write so on the letterbox.

A parcel marked THIS WAY UP with arrows on all six sides. I have respected each of them in turn.
[picture: a brown parcel on a bicycle rack with arrows pointing in every direction]
<slowchess> That's ours. It contains a knight.

Round done before the rain. In the trade we call this "lying".

Please do not address anything to "the man with the boat". There's a queue.

New tyres. I glide like a rumour.

Handwriting on letters is getting larger. I used to think people were shouting. They're just older,
and so am I, and I'm grateful.

Today's best address: "Tall house, green, smells of oranges, near you." It took me four minutes.
#rounds

The bell on my bicycle is answered now by a starling, a parrot and one teenager.
<latestarling> It was never the starling.

{Forty|Fifty-one|Sixty-three} letters, {two|three|four} parcels, {one live plant|one cake, upright|a
cello bow|something that ticked, a clock, I asked}. {Nobody home but a cat.|Tea at the
lighthouse.|Signed for by a child with great care.|All dry.}

{Ropewalk|Chapel Steps|The Narrows|Pier Road}: {cobbles one, bicycle nil|a gate that opens both ways
and neither|new people with a red door and a drum kit|someone has painted the number
upside down}. {Delivered anyway.|I rang twice.|I like them already.|Sixes and nines, my life.}
""",
    "mothlantern": """
Night shift in the lighthouse museum: two floors, one lamp, nobody to tell that the stairs count
differently going down.

The moths do not love the light. They're lost, politely, all in the same direction. I find that
companionable.

A visitor asked if the light still works. I said only at night. He waited. Good man.
<petitphare> Le mien aussi. Il faut le leur dire doucement.

Merveille du jour on the window frame, green as a secret. #moths
[picture: a moth with lichen-green wings on flaking white paint]

Four in the morning is a place. I live there and the rent is low.

Do not paint your porch light blue for me. But also, thank you.

Somebody has left a single biscuit on the bench by the telescope every night since Tuesday. I've
decided not to investigate, I have decided to eat it.
<juniperpost> I know who it is and I took an oath.

Fog. The lamp makes a room out of it and I am standing in the room.

Moth morning on Saturday: we open the trap together at eight, look, count, let go. Children welcome,
jackets advised. #moths
[link: https://night.example/saturday | Moth morning at the lighthouse | bring a jar of patience]
<harbournan> Is it far from the steps? My knee would like to know in advance.
<mothlantern> Nine steps with a rail, and I carry chairs.

The winter moth is out. He flies when all else has gone home, and his wife walks up the tree. It's a
marriage.

Saw a satellite, waved, felt seen, went in.

Count for the night: {eleven|fourteen|nine|twenty-three}, {mostly November moths|a december moth like a
small fur coat|two sprawlers|one that sat on my pencil and stayed}. {Wind from the west.|Clear after
two.|Drizzle, the good kind.|Moon too bright for business.}

{Lamp room|Gallery|Bottom of the stairs|Bench outside}, {half past one|ten to three|a quarter to five}:
{an owl going about something|the {last|first} ferry with all its windows lit|one light on at the
bakery|nothing, in several layers}.
""",
    "deichlicht": """
Heute dreimal gegrüßt worden, zweimal davon von derselben Möwe.

Der Deich hält. Das ist die ganze Nachricht, und sie war viel Arbeit.

Schaf 41 hat wieder den Zaun gelesen und an der schwachen Stelle umgeblättert.
[picture: ein Schaf auf der falschen Seite eines Zauns, sehr zufrieden]

Frage an die Runde: Wer hat noch einen Gummistiefel, links, 43? Ich hätte einen rechten abzugeben.
<lowbattery> Links, 44. Dicke Socke dazu.

Nebel bis zum Knie. Oben Sonne. Man geht spazieren wie ein Turm.

Ebbe. Der Horizont ist weiter weggegangen, kommt aber wieder, hat er gesagt.

Zum ersten Mal seit Wochen windstill. Niemand hier weiß, wie man da steht.
<odile> We lean anyway, out of respect.

The sheep have heard the night ferry and answered. It is a long conversation, mostly vowels.
[lang: en]

Abends auf dem Deich, zwei Lichter auf dem Wasser. Eins fährt, eins wartet. Ich winke beiden.

Habe den Pegel neu gestrichen. Jetzt steigt das Wasser wenigstens ordentlich.
[picture: eine frisch gestrichene Messlatte im Wasser, rot und weiß]

{Schaf 12|Schaf 41|Der Bock|Die Neue} {steht im Schilf|hat meinen Schal|schläft auf dem Weg|guckt, als
gäbe es etwas zu wissen}. {Ich lasse das so.|Morgen reden wir.|Es ist kein Notfall, es ist
Montag.|Der Hund hat Urlaub eingereicht.}

Wind {West|Nordwest|Südwest}, {fünf|sechs|acht}, {in Böen unhöflich|zum Anlehnen|riecht nach
Tang|mit Regen im Gepäck}. {Rundgang ohne Befund.|Zwei Maulwürfe, ein Gespräch.|Alle Schafe da, eins zu
viel.|Tee um vier.}
""",
    "sanae": """
土をこねている間だけ、電話が鳴らない気がする。

割れた皿を継いでいます。線が一本増えて、景色になりました。

雨の日の粘土は、機嫌がいい。

Opened the kiln at last. Eleven cups, nine friends of mine, two strangers. The strangers are the
best.
[lang: en]
[picture: eleven cups on a workbench, two of them an unplanned green]
<odile> May I meet the strangers?
<sanae> They are wrapped in newspaper with your name.

新しい釉薬のテスト。灰は larkspur lane さんの畑の豆の枝です。#釉薬
<larkspur> The beans would be so proud.

猫が工房に来て、一番高い棚を選びました。一番高い皿の隣です。

湯のみは、手のひらの大きさから始まる。

Does a cup need a name? Mine have numbers, and number 14 looks sad about it.
[lang: en]
<hollowreed> Fourteen is a fine name for somebody who waits.

薪が湿っていて、今日の火は話が長い。

明日は町の市で小さな皿を売ります。雨でも行きます。傘も小さな屋根です。

{今朝|夕方|昼すぎ}、{湯のみ|小皿|花入れ|急須のふた}を{三つ|五つ|七つ}。{一つは曲がった\
けれど、好きです。|風が強くて、乾くのが早い。|ろくろの音だけの時間でした。|猫は見ているだけです。}
""",
    "dunemaree": """
La mer avait ce matin la couleur d'une lettre qu'on n'a pas envoyée.

J'ai retrouvé ma serviette d'hier, raide comme une planche. Elle m'attendait debout.
[picture: une serviette gelée, debout toute seule sur le sable]

On était trois dans l'eau, dont un phoque. Il trouvait qu'on exagérait.

Conseil de baigneuse : les chaussettes d'abord, le courage après.

Marée très basse, on peut marcher jusqu'à l'épave et revenir avec des excuses.

Quelqu'un sait-il où l'on répare les bottes ? Les miennes ont bu plus que moi.
<brassbutton> I patch boots, badly but with love. Bring them on Tuesday.
<dunemaree> Alors mardi ! Avec amour suffit.

Nine degrees and a half. The half is what we talk about at breakfast. #coldwater
[lang: en]

Le vent a refait toute la dune pendant la nuit, sans demander. C'est mieux, il faut le dire.

Un enfant a demandé si la mer avait un bouton. Je cherche encore.

{Huit|Neuf|Dix} degrés {ce matin|à midi|au coucher du soleil}. {Courte baignade, longue tisane.|Le
phoque n'est pas venu.|Une dame en bonnet rouge m'a saluée comme une reine.|J'ai compté
jusqu'à quarante, lentement.}
""",
    "fernledger": """
Quarter end. I've found the missing four pence. It was in a different year, enjoying itself.

A club sent me its accounts as a poem. It balanced.
<marginalia> Please tell me it did not rhyme.
<fernledger> Only the petty cash.

Receipts of the week: one in pencil, one on a leaf, one for "misc. swan".

The choir's treasurer asked whether patience is deductible. I looked it up. It's not.
<quillfox> I'll appeal.

Spreadsheets are fine. It is the colours. Somebody left me a red cell years ago and no one alive knows
what it meant.

I like a column that adds up twice. Once for them, once for sleep.

Plain text ledgers, week three. No colours, no merged cells, nobody has cried. #plaintext
[link: https://books.example/plain | Keeping books in plain text | for small clubs with big biscuits]
<latestarling> Does it cope with two currencies, one of which is cake?
<fernledger> The allotments run on that. I'll send you the file.

A member paid his fee in courgettes. Entered under "other income, green".
<larkspur> I have no comment and a cat flap.

There's a kind of quiet only an office with one working lamp can do.

Reminder that the summer fair still owes the winter fair a tent.

{The rowing club|The bell ringers|The allotments|The chess people} sent {a shoebox|three
envelopes|a photograph of a receipt|one very long email}. {Balanced by lunch.|There's sand in it.|I
have questions, mostly about the {buns|rope|second raffle}.|Filed under hope.}

{Reconciled|Closed|Opened} the {autumn|hall hire|raffle|tea urn} account. {Eleven|Four|Two} pence
{over|short|both over and short}. {I have bought a bun to fix it.|It'll turn up.|Nobody panic, I have a
jar for this.|The urn has always been a mystery.}
""",
}
