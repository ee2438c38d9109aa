"""What the regulars of the town post: people one reads daily and talks with now and then."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "grumblegoose": """
The queue at the bakery moved. Backwards. I was there, I was the back.
<tidewater> We opened the second door. Sorry about your coat.

[warning: food]
Ate a pie on the pier. A gull ate a pie on the pier. It was the same pie.
<gullwatch> He says it was dry.

They've painted the railing on the harbour stairs and hung a sign about it, and the sign is wet too.

[warning: food]
A pickled egg is an egg that has given up and found peace. I had three.

I don't complain. I provide weather.

[warning: food, briefly]
Somebody put raisins in it. I won't say in what. You know what you did at the fair.
<soupsong> It was me. I'd do it again.

Good bench, bad view, excellent company: nobody.

[warning: food]
Mustard. Discuss.
<hana> Is "mustard" a thing or a feeling?
<grumblegoose> At last somebody asks.

The new bins have lids that judge.

[warning: {food|food|food, sorry|food again}]
{The chowder|A cheese roll|The canteen stew|My neighbour's chutney}: {grey, loud, unfinished|warmer than
my opinion of it|actually good and I resent that|served with {a leaf|a wink|a spoon from another
set}}. {I went back.|Two stars, one for the plate.|Nobody asked.|I told them so, they hugged me.}

{Buses|Benches|Umbrellas|Escalators}: {a promise|overrated|fine until there are other people|a thing that
happens to you}. {I've said it before.|I said what I said.|Anyway.|Good night.}
""",
    "wren": """
Kiln's cooling. Nobody is allowed to breathe near it, not even kindly.

Opened it too early, again. Six bowls, one of them with a map of somewhere.
[picture: a bowl with a crackled glaze like a river delta]

The clay remembers everything. Mostly it remembers that I was in a hurry.

Looking for a second-hand shelf that does not mind dust.

The studio smells of rain and wet wool. One of these is me.

Teapot lids: I've made nine for one pot. It does not want to be closed.

{Thrown|Trimmed|Glazed|Stacked} {six|nine|twelve} {mugs|bowls|small jugs} {before lunch|with the radio
on|in one coat and a scarf}. {Two wobble.|The red came out brown, the brown came out lovely.|Not bad.|
One is for a friend who does not know yet.}
""",
    "oldlantern": """
Mended a lamp that has been dark for thirty years. It blinked twice, as one does.

Paraffin prices. I'll say no more, I'm told there are children.

The wick is never the problem. People buy wicks as people buy notebooks.

A lantern came in with a letter inside. I've sent the letter on and kept quiet about the lantern.

Brass polish and an old shirt, an hour. Better than most plans.
[picture: a brass ship's lantern, half polished]

{Two|Three|Four} lamps {in|out|on the bench}. {A port light|A carriage lamp|A bicycle lamp from the
old post office} {wants glass|lacks only a screw|works, and nobody believes me}.
""",
    "marchhare": """
We're a very small press and we answer everything, slowly.

Pulled the first proof of the almanac of useless knots.

The ink supplier calls it "night". It's navy. We're having a conversation.

Print fair on Sunday: two tables, one chair, come and sit in turns.

{Proof|Plate|Sheet} {three|five|eight} is {drying|wrong|lovely}. {The hare is upside down again.|Sold one
to a man with a goat.|We open at noon or when awake.}
""",
    "copperkettle": """
Anyone know if the hall has a ramp? We're bringing a harmonium and a man called Steps.
<quillfox> Side door, key at the bakery, mind the cat.

Organised forty people by postcard. It took three weeks and nobody was double booked. Just saying.

The list is the list. Except for Derek, who is on it as a verb.

If a volunteer says "I'm easy" write down "Thursday". It's always Thursday.

My spreadsheet has a tab called "do not look". I looked. It's the real one.

Tea for fifty: one urn, four trays, a system. I'd show you the system but it's a look I give people.
[picture: a tea urn with a hand-written label that says NOT YET]

Anyone know a polite word for "your cake was too big for the hall"?
<brassbutton> "Generous".

{Rota|Register|Phone list} for {the fair|Saturday|the lifeboat day|the lantern walk}: {done|nearly
done|on its fourth pencil}. {Two people have swapped without telling me, I know, I always know.|One
gap, {tea|gate|lost property}.|Bring your own cup.}
""",
    "hana": """
Please correct me: is it "I am looking forward to see" or "to seeing"? Nobody at work could say why.
<inkdrinker> "To seeing". Nobody can say why, we just pass it on.

New word: "drizzle". It's so small and it is everywhere.

I wrote my first letter of complaint. It was too polite. They sent me a thank you.

Why do you say "not too bad" when it is good, and "interesting" when it is bad?
<grumblegoose> Interesting question.
<thirdbell> Not too bad, goose.

In my language there is one word for "the light on water that moves on a ceiling". I miss it here.

At the choir they let me sing only the vowels. Vowels I can.
<quillfox> You are my favourite mezzo.

Today I said "fair enough" and it fitted!! I walked home like a queen.

New word of {today|this week|the tram|the bakery}: "{flabbergasted|thimble|puddle|nevertheless|cosy|
higgledy-piggledy}". {I have used it {two|three|four} times, once correctly.|I like how it sits in the
mouth.|My neighbour says nobody says it. I say it.|What is the opposite?}
""",
    "marginalia": """
[quote: odile]
Filed under: reasons to leave the house.

Found in a library book on knots: a ticket for the night ferry and the words "ask him".
<inkdrinker> Which shelf. Tell me which shelf.

[quote: hollowreed]
I'd like this embroidered, small, inside a coat.

Somebody before me underlined only the weather in this novel. It's the better book.

[quote: tinbadger]
Reading this one aloud to the cat. He's for it.

A note in the margin, in pencil: "no". Two pages on, same hand: "well".

[quote: juniperpost]
The whole town in a sentence. Don't change a word.

Pressed in the atlas between two seas: a bus ticket, a clover, and an argument about commas.
[picture: an open atlas with a dried four-leaf clover]

[quote: mothlantern]
I keep a list of sentences to be read at four in the morning. This goes in.

[quote: {quillfox|saltsignal|larkspur|fernledger|plainoak|halfpast}]
{Underlined.|This, twice.|For the wall above the sink.|In the margin: "yes, and the gate".|Evidence that
somebody is paying attention.|Read slowly.}
""",
    "echosons": """
We pass things on. That's the whole shop.

If you made something small this week, tell us, we've a loud voice and nothing to sell.

Third generation of repeating what others said. My grandfather was the foghorn.

{Passed on|Shared|Repeated} {four|six|nine} things today, {all made by hand|two of them recipes|one of
them a whistle}. {What did we miss?|Tell us about yours.|The foghorn would be proud.}
""",
    "newoar": """
First time in a boat with seven others. I was the eighth opinion.

How long until hands stop complaining?
<cinderpath> Two weeks. Then they start on you about other things.

The cox is eleven years old and I'd follow her into any sea.

Question from a beginner: which side is "bow side" when you sit the wrong way round, as you always do?
<plainoak> The one everybody else is rowing on.

We turned round under the second bridge without hitting it. There's talk of a plaque.
<odile> I'd put it on the map.

I've got a callus. I showed it to the bank.

Caught a crab. Not the animal. The animal was also there and looked concerned.
[picture: a wooden oar blade, a small crab on the slipway beside it]

Is it normal to dream in fours?

{Up at six|Rain, wind, boat|Outing number {nine|twelve|fourteen}}. {We were together for {five|eight|
eleven} whole strokes.|The cox said "adequate".|I steered. Briefly.|A swan overtook on the inside.}
{Best day.|I can't lift the kettle.|Does anybody have tape?|Again on Thursday.}
""",
    "confettiotter": """
does anyone want a birthday banner? it says HAPPY 04TH. long story, short scissors ✂️

👩‍🚀🚀🌘 costume done. she's six, she's ready, the moon should tidy up

family portrait by the youngest: 👨‍👩‍👧‍👦🐕🐕🐕. we have one dog. he is just very present
<thirdbell> In my class he'd get three desks.

🌧️☔🌧️☔🌧️ that was the walk

today's mood: 🫠 → 🍞 → 🙂
<tidewater> Happy to be the arrow.

made 40 paper fish for the school window and one paper cat. the fish have been told 🐟🐟🐟🐈
[picture: a classroom window full of folded paper fish, one paper cat in the corner]

🏳️‍🌈 the crossing by the library got its stripes back, and a duck family inspected the work 🦆🦆🦆🦆

can you be tired in a fun way? asking as a 🧵🪡🎪

{🎈|🎏|🪁|🎐|🪅} {today's|the afternoon's|tonight's} craft: {paper {boats|hats|owls|lighthouses}|one very
ambitious {volcano|giraffe|crown}|glue, mostly glue}. {casualties: one {sleeve|table|eyebrow} 🫣|the
children have asked me to calm down 🙃|10/10 would sweep again 🧹|it holds!! 💪🏽}
""",
    "petitphare": """
[lang: fr]
Je monte soixante-douze marches pour dire bonsoir à une ampoule.
<mothlantern> Same. Ninety-one.

Brume toute la journée. J'ai allumé à midi, par politesse.

Un goéland s'est posé sur la lanterne et a fait son importance pendant une heure.

Aujourd'hui j'ai repeint la porte en rouge. Les bateaux ont ralenti pour regarder.
[picture: la porte rouge d'un petit phare blanc, un pot de peinture devant]

On me demande si je m'ennuie. Je réponds que la nuit a beaucoup de pages.

Qui m'a laissé un bocal de miel sur la troisième marche ? Je le partage avec le vent.

Le gardien d'avant notait seulement « mer ». Certains jours : « mer ! ».

{Mer belle|Mer agitée|Mer comme une nappe|Mer bavarde}, {vent d'ouest|vent de nord|pas un souffle}.
{Trois cargos, un voilier têtu.|Le café a refroidi pendant que je regardais.|La lampe va bien, moi
aussi.|Rien à signaler, et je le signale avec joie.}
""",
    "lola": """
La señora del segundo compra sardinas para el gato y luego las fríe ella. El gato lo sabe.

Hoy el mar trajo caballa, viento y a mi primo. La caballa se acabó.

¿Quién tiene un paraguas grande para el puesto? El mío se fue ayer volando hacia el norte.
<odile> Seen over the breakwater, doing well.

Cuando llueve, la gente no pregunta el precio. Pregunta si se puede quedar un rato.

Buenos días a todos menos al que dijo que el pulpo «es fácil».

Una niña me ha dibujado el puesto. Salgo más alta. Ya está enmarcado.
[picture: un dibujo infantil de un puesto de pescado con una mujer enorme y sonriente]

Fish stall English, lesson four: "fresh" means today, "very fresh" means it still has opinions.
[lang: en]

{Quedan|Hoy hay|Últimos} {boquerones|mejillones|calamares|lenguados}. {Y consejos gratis.|Pregunten por
la receta de mi abuela, {versión corta|versión larga}.|El limón lo pongo yo.|Hasta las dos o hasta que
venga la gaviota.}
""",
    "brassbutton": """
Ferry uniform in for repair. Eleven buttons, twelve holes, one captain who says it was always so.
<nightferry> The captain has no comment and a draught.

There are two kinds of pockets: pockets, and lies.

#mendingmonday The elbow of a coat that has been to sea for forty years. I've patched it in tweed, so
it can retire.
[picture: a navy coat with a neat brown patch on the elbow]
<woolgather> If it ever wants a scarf, it knows where I live.

Somebody brought trousers "to be made braver". I put in red lining. She cried. I cried.

I found a note in a hem, sewn in, from another tailor: "good luck with this one".

Thread is cheap, patience comes by the metre.

Button swap on Saturday. Rules: no arguments about what counts as blue. #mendingmonday

Zip stuck? Pencil. Rub the teeth with a pencil. You may stop paying me now.
<hana> It worked. I was locked in my own jacket since lunch.

{Took in|Let out|Relined|Patched} a {waistcoat|choir robe|duffel coat|wedding dress, second marriage}
for {a baritone|a bride of seventy-one|the man with the boat|twins}. {Found {a ticket|a conker|four
pence|a pressed violet} in the {lining|pocket|cuff}.|Twelve stitches to the inch, all of them cross.|
Ready by Friday.}
""",
    "slowchess": """
Correspondence chess, game 12, move 9. White has thought since Easter and moves a pawn.

Our oldest open game began with a player who has since become a grandmother, twice.

We meet on Thursdays. Nobody speaks. It's the loudest night of the week.
<thirdbell> I can hear the clocks from the tower.

The library let us have the corner with the broken lamp. Blunders are down, excuses are up.

Analysis of last night: everybody was winning.

A child beat our president in nineteen moves and then asked if he was all right. He's not all right.
<newoar> Was it the cox?
<slowchess> We prefer not to say. It was the cox.

Move by postcard arrived today with a stain on e5. We have agreed that it is a bishop.
[picture: a postcard with a chess diagram and a ring-shaped tea stain]

Which opening for the beginners' evening?
[poll: the polite one | the one with the bishop | whichever lasts until cake]

Game {three|seven|nineteen|twenty-two}: {knight to f3, with regards|castles, late, like all of us|
queen takes on d4 and says sorry|offers a draw and a lift home}. {Reply expected by {spring|post|
ferry}.|The kibitzers have gone quiet.|White's tea is cold.|We admire it.}
""",
    "inkdrinker": """
A reader returned a book forty-one years late and asked if we were still cross. We gave her a biscuit.

Most borrowed this week: tide tables, a cookbook with the soup page missing, the one about grief.
<soupsong> I have the soup page. It was lent to me like that.

The quiet room is full. The loud room is empty. I don't know what to do with this information.

A boy asked for a book "with a map, but he should get lost anyway". Found it in one minute. Best job
in the world.
<odile> I would like that book too, after him.

New sign at the desk: "We can also just talk."

Someone is leaving postcards in the poetry section. All blank. The stamps are on already.
[picture: a blank postcard with a stamp, half out of a grey poetry book]
<juniperpost> So that's where they start.

Fine amnesty ends on Friday. There were no fines. We just like how people look when forgiven.

Storytime at eleven. The story is about a fox, the argument will be about the fox.

Repaired {three|five|seven} spines and {one|two} {reputations|atlases|cookbooks|hymnals}. {Glue in my
hair.|A pressed {fern|ticket|violet} fell out and was put back.|The atlas still thinks there's a pier 4.|
Closed at six, left at eight.}

Asked for today: "{something blue|a book my uncle hated|the sea one|a thin one for a long week}". {Found
it.|Found three.|She left with a book on bees.|It took {twelve|twenty} minutes and was about something
else.}
""",
    "thirdbell": """
We ring on Tuesdays. If you hear us on Wednesday, it took longer than planned.

A bell rope is a very slow conversation with a very large thing.

Year four asked whether the bell gets a headache. I have promised to look into it.

Lost a mitten in the belfry. If it's heard, let me know.

Recruit wanted for bell two. Requirements: arms. #bells
<brassbutton> What about sleeves?
<thirdbell> Tucked.

Rang for a wedding, a funeral and the fish, all before noon.

Three peals, one hour, no mistakes that you'd know of.
[link: https://tower.example/peals | Peal board | What was rung, by whom, and in what hat]

{Practice|Sunday ringing|The wedding}: {bell {one|four|five} early|nobody early, a miracle|the new
rope {stretches|sings|smells of goat}|the jackdaws joined in}. {Pub after.|Ears ringing, ha.|Year four
counted along and got more than we rang.}
""",
    "gullwatch": """
Day 212 of watching one gull. He has a limp when observed.

He took a glove today. Not mine. He brought it to me though, as if it were.
<brassbutton> Left, grey, hole in thumb? It was in for repair.

Subject stood on the harbour master's car and screamed at the tide until it turned. He takes the
credit.

He's got a friend now. I'm told I should be happy for him.

[picture: a gull on a bollard, looking directly at the camera with one chip in his beak]
He knows what I do for a living.

My notebook is called "Gull, vol. 3". My sister asked whether volumes one and two had sold well.

Field note: he does not like accordions. Nor did he say so quietly.

For the scientists: he turns his head when I say "Kevin". He also turns it for "chips". #gulls
<tidepool> Control group?
<gullwatch> The control group ate the protocol.

{07:10|09:40|12:15|16:30}: subject on {the bakery sign|pier 2|the ice cream van|a parked
canoe}. {Mood: {legal|operatic|recently fed|tender}.|Exchanged looks with {a toddler|a vicar|the bin
lorry}.|Ignored me for eleven minutes, a record.|Left westward, without paying.}
""",
    "mapleline": """
The sleeper to the coast has new blankets. They're grey, they are heavy, they have opinions about
mornings.

A station is a room where everyone is about to be someone else.

Changed trains four times to see one signal box. It was shut. I sat with it.
[picture: a small brick signal box with drawn curtains, a thermos on the platform]

Nine minutes to change at the junction. I can do it in four if nobody is saying goodbye.

Timetable day! The new one has a footnote "k" and no explanation of it. I've never been so happy.
<lowbattery> k: "when the tide is kind". I looked, it is in our copy.
<mapleline> I need to lie down.

The conductor remembered my thermos.

Model of the swing bridge finished. It swings at a scale of 1:87 and the swearing is life size.

Overheard in coach three: "it isn't late, it is arriving gradually". #nighttrain

{Coach two|The quiet carriage|Platform three|The connection}: {a man with a {ladder|double bass|very
small dog|wedding cake}|everyone asleep by the viaduct|tea from a machine that hums|the heater {too
warm|a rumour}}. {On time.|Plus {four|six|twelve}.|I'd do it again tomorrow.|Waved at the ferry, it
waved.}
""",
    "woolgather": """
Unravelled a whole sleeve on the ferry. The man opposite has asked how it ends.

The pattern says "repeat until you like it". Finally a pattern that respects me.

Is anyone else's cat on the good yarn? Mine is. This is not a question.
<confettiotter> 🧶🐈 it's his now

Finished the jumper for the bollard. He looks dapper. The council has written.
[picture: a harbour bollard wearing a striped jumper]
<elmport> The council has written to say thank you.

If I say "one more row", do not wait with dinner.

Dyed with onion skins. The kitchen smells of October and bad decisions.

Knit night moved to the library. Needles yes, murder mysteries no, we've been loud.
<inkdrinker> You were lovely. The ending was loud.

Gauge swatch: 22 stitches. Same yarn, same needles, next day: 20. I'm the variable.

Anyone know how to wash a jumper that has been to sea as a bollard?
<plainoak> Rinse, dry, apologise.

{Sock|Mitten|Scarf|Cardigan} {two of two|six of nine|for a very long man|for the otter}: {half
done|survived the wash|colour wrong, love it|ran out four rows before the end}. {Started the next.|
Knitted through three stations.|Blocked it on the bed, slept on the sofa.|Smells of sheep, as it
should.}
""",
    "pebbledash": """
Took down one wall to find a nicer wall behind it and a newspaper about the weather.

The plumber and I no longer use names. It's "you again" and "it again".

Day nine without a kitchen. I can make anything in a kettle now, including a point.

The house isn't crooked. The rest of the street has drifted.
<halfpast> I measured. It's the street.

Found a door behind the wardrobe. It leads to the back of the same wardrobe.
<hollowreed> Do you want to sell the sound of it?

Paint colour "harbour at rest" is the same as "wet cardboard". I've got both tins here.
[picture: two identical grey squares on a wall, labelled A and B]

Which one, then?
[poll: A | B | they're the same and you need to sleep]

A window that opens! I've opened it nine times. Nobody can stop me.

{Plaster|Floorboards|The bannister|The chimney}: {off|on|in a bucket|not load-bearing, in the end}.
{{Four|Six|Nine} trips to the tip.|Found {a marble|a love letter|an old tooth} in the {wall|
floor|flue}.|Landlord never knew.|The dust and I share a bed.}
""",
    "cinderpath": """
Eighteen kilometres on the old line. The viaduct keeps its wind for people who are already tired.

My running watch says I slept badly. My running watch was there.

Passed a heron twice. He pretended to be two herons.

Hill reps by the chapel. The verger has begun to hold up scores.
<thirdbell> He's strict about the arms.

Shoe report: left one leaks, right one leaks later. Together they cover most weathers.

Long run with the club: nine started, nine finished, eleven buns. #slowrunners
[picture: muddy shoes in a row on the bakery step]
<tidewater> Please keep leaving them outside. It has become an attraction.

Nothing hurts. I don't trust it.

{Six|Nine|Twelve|Fifteen} {slow|windy|surprisingly good|wet} kilometres {along the {dike|canal|old
line}|to the lighthouse and back|with a dog that wasn't mine}. {Saw a {kingfisher, busy|bride,
late|fox, unhurried}.|Met the post, lost to the post.|Socks: no.|One more and I'd have turned into
soup.}
""",
    "soupsong": """
Community kitchen tonight: pea, bread, company. You need not have any of these already.

Sixty bowls, one ladle, no speeches.
<grumblegoose> There was a speech. It was about the ladle. It was good.

To the man who washed up for two hours and left without a name: we've named the big pot after you.

Somebody always brings a lemon. We've never found out who. It's always the right day for it.
<fernledger> In the books it is "lemon, anon."

Seconds are for those who say they're fine.

The recipe: onions, time, people.
[picture: a large pot on a gas ring, steam, many hands with bowls]

Volunteer wanted for the bread run on Wednesdays. The bread is free, the hill isn't. #soup
<cinderpath> I'll take the hill.
<soupsong> Then you shall have the crust.

You asked for the recipe. Here it is. Take more onions than you think is reasonable, and somebody to
cry with. Peel, talk, chop, talk.¶Put them in the big pot with the fat you have. Don't stir, wait.
When someone says "is it burning?", stir once and say no. Now the peas, which slept in water since last
night, and twice as much water as you'd dare.¶Go and set the tables. Sixty bowls. By the time you come
back it will look like nothing. This is the moment when new volunteers despair, so give them the
lemon. Salt at the end, bread on the side, and the door open, even if it's cold. Mostly if it's cold.

{Tonight|Wednesday|Sunday lunch}: {lentil and lemon|potato and leek|barley, slow|tomato with the last of
the basil}. {{Forty|Fifty-two|Sixty-eight} came.|Doors at six.|Bring a bowl if yours is a nicer one.|
A fiddler turned up, nobody asked, nobody minded.}
""",
    "tidepool": """
Low water at the point: two blennies, one very angry crab, a class of nineteen, one wet teacher.
[picture: children crouching round a rock pool, all pointing at something different]

An anemone closes if you say "test". I have witnesses.

Beadlet, snakelocks, strawberry. Not a menu. Please tell year six. #rockpool
<hana> Three new words and I cannot eat any of them.

Somebody returned a limpet because "it was somebody's". Top marks, no exam needed.

The microscope broke so we drew what we thought plankton looked like. Some of it was right.
<marginalia> I would buy that book.

Sea slug of the month, and he knows it.
[picture: a white sea slug with orange-tipped tufts on brown weed, magnified]

Reminder that a limpet goes home every night to exactly its own place, and it has no map.
<odile> I've never been so insulted and so moved.

{Under the third rock|In the deep pool|On the slipway|By the old pier}: {a brittle star|goby
eggs, each with eyes|a whelk on business|sea hares, plural}. {Nineteen children went silent.|Drawn, put
back, thanked.|Water {eleven|nine|twelve} degrees.|Boots: failed.}
""",
    "plainoak": """
Steamed a plank for an hour, had nine seconds to bend it. It's a lot like raising an apprentice.

The boat is upside down, which is her good side.
[picture: an upturned wooden hull in a shed, shavings on the floor]

Measure twice, cut once, sweep for ever.

A customer wants it "as it was". I asked when. He's thinking.
<halfpast> Same with clocks. They mean "when I was eight".

Oak smells of vinegar, larch of Sundays, plywood of arithmetic.

She floats! She also leaks. Wood has to be told that it is a boat, it takes about two days.
<newoar> Do people get told too?
<plainoak> Took me nine years.

Copper rivets, four hundred and twelve. My neighbour has taken up earplugs as a hobby.

Launch on Saturday at high water, half past ten. Bring something dry for whoever pushes.
[link: https://boats.example/launch | Launch of a small boat | half past ten, slipway two]
<saltsignal> High water is 10:41. I'll bring the eleven minutes.

{Planked|Caulked|Faired|Varnished} {the port side|as far as the third frame|until the light went|with
help from {a child|the cox|two retired vicars}}. {Shavings in the tea.|The adze is happy.|{Larch|
Oak|Elm} from the {storm|old chapel|estate sale}.|She's beginning to look back at me.}
""",
    "halfpast": """
The town clock is wrong in four directions and right in the average. I've begun with north.
<odile> Please leave south. I have built a walk on it.

Took a pocket watch apart to find what was rattling. It was a smaller watch key. It was loved.

People bring clocks in when someone has died. I keep the repairs slow.

Somebody wound the hall clock backwards. It has been last Tuesday in there for a week.
<slowchess> That explains game 12.

Pendulum on the kitchen table. Breakfast is now accurate.

The cuckoo is back from repair. He's quieter and I miss who he was.
[picture: a carved cuckoo clock with the bird halfway out, looking unsure]

Rang the hour by hand tonight while the hammer is out. Gave you thirteen. You looked as if you needed it.
<thirdbell> I counted fourteen and went to bed.

Ticking is only patience you can hear.

{North|East|South|West} face: {plus four minutes|minus nine|stopped by a {pigeon|snowball|wasp nest}|
correct, suspicious}. {Oiled.|Wrote it in the book.|A small crowd gathered and told me what time it
was.|I have a ladder and a thermos.}
""",
    "lowbattery": """
The ferry office printer has been replaced by the same printer from another office.

Backup restored. Contents: one timetable, nine photographs of a cat on the timetable.
<weathercat> Correct.

"It just stopped" is a full report here and I respect its economy.

The password was on a note. The note was in the safe. The safe opens with the password. Good
morning.
<secondviolin> Is this a song? It should be a song.

Moved the departures board to plain text. Three people thanked me, one of them in plain text.
[picture: a departures board with simple white letters, one row reads "soon"]

Cable labelled DO NOT UNPLUG unplugged, to see. Pier 2 went dark and apologised.

New rule for tickets: please write what you expected. Best one so far: "I expected better". #helpdesk

A short history of the ferry office network, for the person who comes after me: in the beginning there
was one cable. It was laid by a captain, so it goes round the building clockwise.¶Then somebody
wanted a printer upstairs. The cable was extended with a cable. This is the "new wing". Then the cat
had kittens in the new wing, and for one summer nobody could print on deck forms. We don't blame
the cat.¶The grey box hums in B flat. If it stops humming, don't touch it, ring me. If I am dead, hum
at it. There's a number on a sticker under the sticker. Everything else is in the blue folder, apart
from the things that are true.
<saltsignal> I'd read the rest of this on paper, in bed, with a lamp.

Anyone know what was wrong with paper tickets? Not a complaint, we have a form field to fill in.

{Ticket|Call|Case} {four|nine|fourteen}: {mouse upside down|screen off, "for the cat"|keyboard full of
{sand|glitter|croissant}|the machine was right}. {Closed.|Closed with tea.|Escalated to {a screwdriver|
my aunt|the sea}.|Wrote a page about it for the next one.}
""",
    "secondviolin": """
Eleven bars rest. I did the shopping in my head and came in with the potatoes.

We're not "also violins".

Sight reading by candle during the power cut. The oboe said it was romantic. The oboe had the light.

My E string left during the slow movement. It had been unhappy for some time.
<thirdbell> We have rope.

The conductor asked for "more moonlight". Back desk: what bowing is that.
<mothlantern> Up. Always up.

Quartet at ours on Sunday. Two hours of playing, three of blaming the cello.

Played for the residents at the harbour home. A lady in the front row corrected our tempo. She was right.
[picture: four music stands in a bright day room, one walking frame among them]
<harbournan> That was my sister. She's corrected everybody since school.

Rosin on everything. I stick to my own coat.

{Rehearsal|Concert|Sectional|Wedding}: {bar {forty|ninety|seven} again|good until the repeat|the viola
smiled|three page turns and a sneeze}. {The flutes know what they did.|We were {almost|briefly|
unexpectedly} together.|Biscuits by the {horns|second oboe}, excellent.|My shoulder has sent a
letter.}
""",
    "frieda": """
[lang: de]
Der Kessel pfeift seit Neuestem eine Terz höher. Ich habe ihm nichts getan.
<quillfox> Bring it on Tuesday, we are short of sopranos.

Beim Flicken eingeschlafen, in der Socke aufgewacht.

Wer hat den Schlüssel zum Gemeindesaal? Wer hat den Schlüssel zum Schlüsselkasten?
<deichlicht> Die Antwort liegt im Gemeindesaal.

Apfelkuchen. Ich sage nur: noch warm, noch da, noch eine Viertelstunde.
[picture: ein Blech Apfelkuchen auf einer Fensterbank, ein Stück fehlt schon]

Der Nachbar hat meine Leiter zurückgebracht. Es war nicht meine Leiter. Sie ist aber besser.

Im Treppenhaus riecht es nach Bohnerwachs und Neuigkeiten.

Habe dem Jungen von oben das Radfahren beigebracht. Jetzt muss ich ihm noch das Anhalten beibringen.

{Heute|Gestern|Zum Wochenende} {Zwetschgen eingekocht|die Fenster geputzt|den Garten winterfest
gemacht|drei Briefe geschrieben}. {Einer hilft, zwei gucken zu.|Danach Kaffee.|Mein Rücken hat ein
Protokoll angelegt.|Es hat sofort geregnet.}
""",
}
