"""What the owner and the people of the town have said to each other in the months before.

A dialogue is a block of lines: `p` a post of theirs to everybody, `t` their text to the owner, `m` the
owner's text to them, `o` a post of the owner to everybody that they answer. The newest stands first.
"""

from __future__ import annotations

EXCHANGES: dict[str, str] = {
    "quillfox": """
t the altos are gone. All twelve. I blinked and the list says "sopranos, 31".
m Look under "resting". I think somebody ticked the column instead of the row.
t Found. It was me. I had my coat on and was being quick.
m Shout if the altos vanish again.

o Two evenings on the label printer and it prints. The labels say "undefined", but crisply.
t I know a tenor like that.
m Does he peel off, too?

t Is there a way to see who has missed three rehearsals without it looking like a police report?
m Filter "seen less than", save it as something kind. One club calls theirs "the missed ones".
t Done, it's called "soup invitations" now. Four names. I'll ring them tonight.
m That's the best use of a filter I know of.

p We need a second page turner. The first one has begun to comment.
m I can read music as far as "loud". Would that do?
t Perfect, this piece is loud from page two.

t Concert list: do I print by voice or by height?
m By voice. Height is for the photograph.
t The photographer says by temper.

t You said "a list per concert". Can one person be on two?
m As many as they can sing. Just add the label twice with different dates.
t He's on six now and glows.

t One singer has no surname and won't have one. The form insists.
m Put a full stop. It's happy with a full stop, and he might be, too.
t He says a full stop is the first title he has ever liked.
m Then he's officially Full Stop. Print him a badge.

o Can somebody sing me the second alto line of the ferry song? I have it as far as the lamp.
t Same note, four bars, then look worried and go up.
m I've been looking worried the whole way. Thank you.

t We start the carols early this year. Please don't tell the otter, there will be glitter.
m I have told nobody but I've cleared a drawer.

t Quick one: does the import mind if the file is called "final final 2"?
m It minds nothing. People should.

p Whoever left a harmonica in bar 40, it's staying in.
m I heard it from the street and thought it was the weather.
t It was the weather that made him do it.
""",
    "odile": """
p I need a second opinion on a hedge.
m I have opinions and a free Saturday.
t Ten o'clock, the wrong clock. Bring the boots you don't like.
m They're the only ones I have.

t Your manual has a page with no page number. I'm in love with it.
m It's page 12. It was shy.
t I've put it on the map as an island.

o Looking for the shortest way from the press to the bakery.
t Shortest is Ropewalk. Best is not Ropewalk.
m I took not Ropewalk. You might have mentioned the geese.
t One doesn't mention the geese.

t Proof of sheet eight. Is that a stream or have I dribbled?
m Stream, until the mill. After the mill I think it's you.
t You're right, I remember the bun.

p Fold lines are promises.
m Mine are more like rumours.
t Come by and I'll show you. It's all in the thumbs.
m Thursday after five?

t Did you see that they've put the bench on a plinth now? A plinth!
m I sat on it. I felt like a small general.

t What do you call the colour between slate and Tuesday?
m Support mail.
t I've just mixed a whole cup of it, thank you.

o I got lost in my own street. In my defence, snow.
t Happens to the best. In snow the map is only a suggestion of pockets.
m I was found by the post.

t The council has accepted "matter of feeling" as a boundary type. In writing.
m Frame the writing. Map the frame.

t I've a spare ticket for the silent film. The piano is the one with the cough.
m Yes please. I'll bring the blanket that's nearly a coat.
t Row C then, I like to sway.

p Measured the fog. It was all of it.
m Any symbol for that?
t I leave the sheet white and charge extra.
""",
    "tinbadger": """
t Can you look at a sentence? It's been in my pocket all week.
m Send it before it gets lint.
t "The heron, having nothing to say, said it twice."
m Cut "having". Keep everything else for ever.

t Paper's in. It's too good for us. I've put it under the bed until we deserve it.
m How much did you buy?
t The bed is higher now.

t I owe you a page about semicolons and I can't start.
m Start with the last one you loved.
t That has opened something. Thanks. I'll be a while.

t Is eleven o'clock too late for a typo?
m Never. Which page?
t The one I've already printed.
m Then it's a variant. Collectors will fight over it.

t A reader wants to know if "tinbadger" is my real name. What do I say?
m Say it's real on Thursdays.

t Heron pages, second try. They're on your doorstep in a biscuit tin.
m The tin's empty of biscuits, I notice.
t Editors must eat.

t You wrote "rather" four times in the foreword.
m I'd rather not hear about it.
t Five.
""",
    "hollowreed": """
p I need the sound of somebody deciding.
m A drawer opening slowly? We have one at the office that never decides.
t May I come and record it? I'd be quiet.
m Come after four, the drawer's at its best then. What shall I call you at the door?

t Would you read a letter aloud for part five? Two minutes, no acting.
m Is crying at the comma allowed?
t It's what I wrote it for.
m Then yes.

o The office radiator has learnt a waltz.
t Please, please don't bleed it before Friday.
m It's under protection.

t Does a ship's cat count as a witness?
m Only if it's asked directly.
t That's my second act. Thank you.

t I've cut the murder and put in a bakery.
m Is anybody sad in the bakery?
t The man who asks for rye at noon.
m I know him. I am him.

p Which is the loneliest kitchen noise?
m The fridge, stopping.
t Oh. Yes. That's the ending.

t They moved us to half past ten. Does that still count as an evening?
m For you it's the middle of the day.
""",
    "saltsignal": """
t Your page about installing says "wait". How long?
m As long as a kettle. Shall I write "a kettle"?
t Please write "a kettle".
m Done, page three. Two people have thanked me already.

o My terminal shows boats as squares. Am I at sea?
t Font without boats. Try --plain, then they're a v with pride.
m Fleet of v. Beautiful.

t Is "harbor" a typo or a spelling, in a manual for both sides?
m A spelling. I write "pier" and hide.

t Somebody asked for colours. I don't know how to say no in a way that isn't "no".
m "Not yet, and perhaps never, and here's why" has worked for me for years.
t I'll borrow that with the comma in place.

p Does anyone read release notes?
m I do. On the ferry. Out loud, if there's a good verb.
t Then 14.1 is for you. It has "disentangles".

t The tide was early today by a minute. I apologised to the harbour.
m What did it say?
t It went out.

t May I quote your line about people at eleven at night?
m With pleasure. They'd like to be in a changelog.
""",
    "larkspur": """
t Tester five says the almanac "feels like a stern aunt". Keep or soften?
m Keep the aunt, let her smile in April.
t Aunt smiles on the 9th. It's in.
m I can hardly wait. When will the beta be out for the rest of us?

p Everything's under fleece. I look like a landlord of ghosts.
m I saw from the bus. I waved at what I hoped was you.
t That was the rhubarb, but she was pleased.

t Could you read the frost page? It should frighten, but kindly.
m Read it. I went and covered a plant I don't own.
t Then it's finished.

t There's a box of beans on your step, and I know nothing about it.
m They've already met a pan. Please thank nobody for me.

o Which of you labelled my only pot plant "volunteer"?
t It's a compliment. It came by itself and it stayed.
m So did I.

t What's the plural of "almanac"?
m Regret.
""",
    "juniperpost": """
t Letter for you from inland, thick, smells of cedar. On the sill, under the stone.
m That's my sister, she writes once a year, all of it.
t Then I'm glad I didn't fold it.

p Who lives at "the house after the last one"?
m My friend the lamp mender. Knock twice, he's slow on the stairs.
t Knocked. Got tea. Round's late. No regrets.

t Would you like the stamps off the marginalia parcels? There are herons.
m Yes! All herons. I know a press that needs them.

o Did anybody find a bicycle bell? It's mine, it was on the bicycle.
t Found. It was on another bicycle, but it rang for me.
m How did you know it was mine?
t It said excuse me.

t New shoes for the round. They talk.
m What about?
t Mostly "left".

t The sea has answered my complaint. A fish, in the bag, alive, returned.
m I'd call that a settled case.
""",
    "mothlantern": """
t Would you write the sign for the stairs? It says "Caution" and nobody has any.
m "These stairs are older than you and not as patient."
t Hung. A man bowed to it.

p There's a moth in the visitor book, between two compliments.
m Did it sign?
t In dust. Legibly.
m I'll come and read it on Thursday.

o Can't sleep, proofreading the sea.
t Any mistakes?
m It repeats itself. I'd leave it.

t The lamp needs a name for the children's tour.
m Does it have a temper?
t It's warm and turns away a lot.
m "Uncle", then.
""",
    "deichlicht": """
t Sag mal, wie schreibt man einem Computer, dass er warten soll?
m Mit Geduld und Enter.
t Habe nur Enter.
m Reicht meistens.

p Hat jemand ein Schaf gesehen, das aussieht, als hätte es Pläne?
m Eins stand an der Fähre und las den Fahrplan.
t Das ist 41. Danke, ich hole die Leiter.

t Your page about backups made me go out and count the sheep twice.
m And?
t One more than before. I'll keep the page.
""",
    "sanae": """
t The cup with your name is dry. The name is spelled with one wave too many.
m Please keep the wave.
t I hoped you say so.

p 新しい湯のみの名前を考えています。
m How about "after rain"?
t 「雨上がり」。とてもいいです。ありがとう。

t Can I ask English? Is a kiln "fired" like a person?
m Yes, but the kiln comes back warmer.
t I laugh, the clay is confused.
""",
    "dunemaree": """
p Qui vient nager dimanche ? L'eau est presque aimable.
m Presque, c'est combien de degrés ?
t Huit et demi. C'est dans le demi qu'elle est aimable.
m Je viens tenir les serviettes.

t J'ai lu ton manuel dans le bain. Il a gondolé, moi aussi.
m Quelle page ?
t Celle sur les étiquettes. Elle flotte très bien.

t Tu connais un mot anglais pour « frileuse mais décidée » ?
m "British", je crois.
""",
    "fernledger": """
t Question about dues: can a member pay for next year and still be angry about this one?
m Two labels. "paid 2" and "cross".
t The treasurer's delighted, he's both.

o Why does every club have exactly one member called "test"?
t Ours is the chairman.
m I'm so sorry. Don't press the red one.

t I exported everything and it came as one long line.
m Step two, "one row per person". It remembers it afterwards.
t You've given me back my Sunday. Thank you!

p A cake has been booked as furniture.
m What sort of cake?
t Load-bearing.

t Have you a minute for a very boring question?
m Those are my favourites.
t Do you keep the receipts for stamps?
m In a tin, by sea colour. So yes, but don't ask for March.
""",
    "grumblegoose": """
p The new timetable's a lie in a nice font.
m It's only fifteen minutes. Think of the soup.
t I always think of the soup. That's what's wrong with me.

t Your manual made sense. I'm not happy about it.
m I'll try to be worse in chapter nine.
t Don't you dare.

o There should be a key for "never mind".
t There should be a key for "mind".
m Noted, on both keys.
""",
    "wren": """
p The kiln photos are up. Eleven pots and the one that exploded politely.
[picture: a shelf of glazed pots, one of them in four neat pieces]
m Wow. The one in pieces is my favourite. What's the green?
t A mistake with copper. I wrote it down, so from now on it's a recipe.
m Wow again. Keep one mistake for me, the shape doesn't matter.

t How do you write down a recipe when half of it is "until it looks right"?
m Write what you look at while you wait.
t Oh, that's good. The little window, the colour of the noise.
m The colour of the noise goes in, verbatim.

p Looking for a name for a glaze that went wrong in a friendly way.
m "Nevertheless".
t Sold.

t I'm writing the sign for the market. Is "seconds" an insult?
m Not to anybody who's ever been late.
t "Seconds, and some minutes." Thank you.

o My mug has a chip and I keep turning it to the wall.
t Bring it. Chips are the only honest signature.
m It's on your step. It's shy.

t Do you still have the box of the blue cups? I need to check the number.
m Box yes, number 26, and one feather.
t The feather's mine, thanks.

p Rain on the studio roof, nothing dries, everything waits.
m Same here with chapter three.
t Put it near the stove.
""",
    "oldlantern": """
p A lamp came in from a boat that hasn't been a boat for years.
m What is it now?
t A hen house. The hens want the lamp back, so it's urgent.
m Give the hens my regards.

t What would you write on a lamp that must not be tilted?
m "I burn upright."
t Painted it in white. Three people have straightened up while reading.

o Who can mend a desk lamp that only lights when you sing?
t I can, but why would I?
m You're right. I'll sing.

t Found your screw. It was in the sugar.
m I wondered what that taste was.
""",
    "marchhare": """
p We need a blurb for the almanac of useless knots. Twelve words.
m "For everyone who has ever held both ends and felt nothing."
t That's eleven! We'll add "(yet)".

t Would you fold with us on Saturday? Four hundred sheets, soup after.
m Yes. I fold badly but with conviction.
t That's all we ever print.

t The knots are out! Page 40 is upside down, on purpose, we decide today.
m On purpose. Definitely.

o Does glue go off?
t Ours left in spring.
m Should I send a card?

t We're selling the small press. Only so you hear it from us.
m Oh no. Where is she going?
t To a school. They'll get ink on everything.
m Then she'll be fine.
""",
    "copperkettle": """
t You wrote the acorn manual? Then tell me: can nine people share a list without one of them being me?
m They can. Give each a label and yourself the holiday.
t A holiday. I'll look that up as well.

t I've a complaint and it's a compliment: the chapter on duplicates made my mother laugh.
m Which part?
t "You may have two aunts. The program may not." She has three.
m I'll revise it for your mother.

t Who at your end can tell me why the printed rota has a blank page at the back?
m It's for the excuses. (There is a tick, "no blank pages", at the very end. Try it?)
t Ticked. Mother wants the blank page back.
m Untick with honour.
""",
    "hana": """
t Is "I'm afraid" always about fear? My boss is afraid that the meeting is at nine.
m It's about manners. The meeting really is at nine.
t Now I am afraid.

t I read your manual to learn English. "Press" is a very strong word.
m Would "touch" be better?
t No, I like to be strong. Thank you.

o New favourite word from the queue: "dreckly". It means later, but with sun on it.
t Is it formal? Can I write it to the tax office?
m You must.
""",
    "marginalia": """
t In your chapter four I've underlined "gently". Do you want it back?
m Keep it. I have spares.

p A book that apologises in the index.
m Under which letter?
t S, see "regret".
m I'd like to shake that indexer's hand.

t May I bring the pencil to your proofs? I'm told you allow pencil.
m Pencil, tea and doubts. Friday?
t Friday. I'll bring all three.
""",
    "newoar": """
t You sit a lot. How do you sit?
m Badly, then on the other leg.
t That's what the cox said.

p What do rowers eat?
m Whatever the bakery has in a shape that fits in a hand.
t Two hands. I've tested it. Thanks.
""",
    "confettiotter": """
t can you make letters very big and very round for a sign? 🎪 you're good with words
m What does it say?
t QUIET PLEASE 🤫
m In that case: big, round and whispering. On your step tomorrow.

o There's glitter in my keyboard and I haven't been near any.
t it travels 🌬️✨ it finds people who need it
m My G is very festive now.
""",
    "petitphare": """
t Bonsoir ! Comment dit-on « veiller » en anglais, sans dormir et sans s'inquiéter ?
m "To keep watch", peut-être. Mais le français est plus chaud.
t Je garde les deux, un par côté de la lampe.
""",
    "lola": """
t Te guardé dos caballas. La gaviota preguntó por ellas, no le dije nada.
m ¡Gracias! Paso a las doce. ¿Qué le debo a la gaviota?
t Silencio.

t How do I write "no photos of the octopus" but with charm?
m "He's shy. So are we."
t Perfecto. Ya está colgado.
""",
    "brassbutton": """
t Your coat's ready. I found a train ticket, a chestnut and a sentence in the lining.
m What does the sentence say?
t "Ask about box two." I sewed it back in.
m Good. It isn't finished.

p Who still darns?
m I do. Badly, in a contrasting colour, with pride.
t That's the only way.
""",
    "tidewater": """
t The new shelf labels are too long for the shelf. Can "walnut" be shorter?
m Make the shelf proud: "the one". Everybody knows.
t Done. Nobody asked. Everybody pointed.

o If I were a loaf I'd be the one that's a bit dark on one side.
t We keep those for friends.
m I'll be there before ten.

t Could you word it: we've no oven on Tuesday but we have people?
m "Tuesday: no bread. Come anyway."
t Perfect. Pim will make coffee. Thanks!
""",
    "acorn": """
t Chapter six went to the printer. Somebody there rang us to say it was clear.
m Somebody at a printer rang about clarity? Keep their number.
t It's on the wall.

t Would you have words for the screen that appears when there's nobody in the list?
m "Nobody here yet. Start with yourself."
t Lovely. In with the next version.

t We counted: "oops" appears nowhere any more. The jar's yours.
m I'll spend it on rye.
""",
    "inkdrinker": """
t A reader asked for "the manual that's a bit like a novel". I gave her yours.
m Did she finish it?
t She asked if there's a sequel with the printer in it.

t Do you need the big dictionary tomorrow? A boy wants to sit on it.
m Boys first. I only wanted to look up "nevertheless".
t He says it means "but with a hat".
m He's right. Let him keep the chair.
""",
    "thirdbell": """
o Heard the bells at noon and counted thirteen. Was that for me?
t Thirteen is when the rope has a good idea.
m Thank it from the whole of Ropewalk.
""",
    "woolgather": """
t What size is your left hand? It's for a surprise.
m The size of a large pear.
t And the right?
m A pear with opinions.
t Measured. You know nothing.
""",
    "plainoak": """
t I need a word for the drawing: not "front", the part that's first into the water.
m Isn't that the bow?
t It's for a client. She wants a kinder one.
m "The hello".
t She has cried. It's painted on now.

p Any use for offcuts, pear and walnut, hand size?
m Yes. Doorstops for three doors that disagree.
t Cut. They'll agree now.
""",
    "soupsong": """
t Could you write the sign "you don't have to talk"? We want it to sound like a gift.
m "Quiet table. You're welcome here, and so is your silence."
t It's the fullest table in the room. Thank you.
""",
    "halfpast": """
t If a clock's right, should the plaque still say it's wrong? Asking for the north face.
m Say "was wrong for 41 years". One should keep one's history.
t Engraver's booked.
""",
    "lowbattery": """
t Wording for the printer, please. "Do not kick" has failed.
m "It has been kicked. It didn't help."
t Kicks are down by half.
m And the other half?
t Management.
""",
}

COMMON = """
t Do you have a minute on {Monday|Tuesday|Thursday|Friday}? It's about {a sign|two commas|a letter|a list}.
m {After four|Before lunch|Any time|At ten}, and bring the {letter|list|commas} along.
t {Grand.|You're kind.|See you then.} I'll bring {buns|the pencil|nothing but questions|the thermos}.

p Has anybody seen {a grey cat with one ear|my other glove|the ladder from the hall|a red bicycle}?
m By the {ropeworks|bakery|chapel|slipway}, about {an hour|ten minutes|a bun} ago.
t {Found!|It's home.|That was it.} Thank you.

o {Rain|Fog|Wind|Sleet} all day, {nine|twelve|fourteen} answered letters, one {good|very good|odd} loaf.
t {Which loaf?|And the loaf was?|Name the loaf.|The rye one? Say rye.}
m The {walnut|rye|seeded} one. It didn't see the evening.

t I told {my sister|a neighbour|the whole boat|the tenants} about your {page on labels|bench list|jar}.
m And what did they say?
t "{At last.|Is there a second one?|Does she take tea?|Hm.}" From them that's a lot.

p {Big|Small|Slow|Strange} day. Tell me something {good|dull|true}.
m {The bakery has a second door now.|The tide was on time.|My aunt has found the any key.|Somebody
thanked me for a comma.}
t That'll do nicely, {thanks|thank you}.

t Is it "{fewer|less|lesser}" or "{less|fewer|smaller}", on a {sign|card|cake}?
m {Fewer, if you can count them on fingers.|Less, if it would pour.|Whichever fits on the icing.}
t It's {herons|soup|chairs|rain}. So that's settled, thank you.

t You were right about the {ferry|second bridge|grey paint|glue}.
m I'd rather have been wrong. Is it {bad|wet|very grey}?
t It's {a story|fine|Tuesday}. I'll tell you at the {market|concert|swap}.
m I'll bring {an ear|a bun|a chair}.

o Does anyone have a {long|small|left-handed} {ladder|screwdriver|umbrella} until {Sunday|the evening}?
t Me. On your step by {six|noon|four}.
m You're a {treasure|lighthouse|wonder}.

t How's chapter {three|four|seven|nine}?
m It's {shorter|standing|asleep on my arm}. How's your {shed|choir|knee|week}?
t {Same.|Leaning.|Louder than hoped.} Let's have soup.
m Soup it is.

t There's a {letter|parcel|jar|chair} here with your name {nearly right|on the wrong side|in pencil}.
m How {nearly|wrong|faint}?
t "{Mirra|Myra|Mia, or sea}".
m That's me on a windy day. I'll come by.

p The {bus|lift|path|tide} was {early|full|gone|kind} and I {ran|waited|sang|read the sign} for nothing.
m I saw you from the {window|bakery|other side}. Good {form|coat|patience}.
t I'd hoped that nobody {saw|noticed|was up}.
m Your secret's safe with me and {the purser|Pim|eleven gulls}.

t Settle something: {rope|string|twine} or {tape|glue|a nail}?
m {Rope|Tape|String}, and then a {cup of tea|second look|prayer}.
t The {shed|sign|kite} thanks you, and so do {the neighbours|my thumbs|the children}.

o {Chapter|Page|Version} {two|five|eight|eleven} has a {hole|draught|new beginning|footnote about cats} in it.
t {Leave it.|Put a plant in front.|Is it a good one?} Some of us live in those.
m Then I'll {leave a lamp on|knock first|keep it|make it wider}.

t I've {lost|found|mended|lent out} the {key|jug|list|good scissors}. You're the {third|first|only one} I tell.
m I'm {honoured|sorry|delighted}. What did the others say?
t "{Again?|Which one?|Ask mira.|Look in the urn.}"
m {In the urn, of course.|I'd look behind the radiator.|Try yesterday's coat.}

p Who {sings|whistles|hammers|laughs} on {Ropewalk|Pier Road|Chapel Steps} at {five|six|ten}?
m The {plumber|baker's boy|new tenant|choir, I'm afraid}. It's {meant well|a phase|practice}.
t Then I'll {hum along|close one window|bring a cake}.

t May I put {you|your jar|the word "gently"} in {a speech|the newsletter|a crossword}?
m If it's {short|kind|in ink|seven letters}.
t It's {all three|nearly so|eleven, with a bun}. Thank you!

t You've left {a scarf|an umbrella|a pencil|your temper} at {ours|the hall|the swap}.
m Is it {dry|lonely|in the way}?
t It's {on the hook|wearing a hat|well and eating}. Come by.
m {Tomorrow after work|On Sunday|Before the ferry}, with {buns|an apology|biscuits}.

o What do you do with a {pear|letter|drawer|neighbour} that isn't {ripe|finished|closing|speaking}?
t Put it {next to an apple|on the sill|out of sight} and talk about {boats|something else|the weather}.
m It's {working already|blushing|Tuesday's plan, then}.

t The {almanac|noticeboard|radio|cat} says {snow|guests|a quiet week|trouble with lids}. Do we believe it?
m Until {noon|proof|Thursday}. Then we {bake|sweep|pretend}.
t Good plan, {I've got flour|I've a broom|I'm good at that}.

p I've {painted|sanded|named|insulted} the {gate|fence|chair|bicycle} and it looks {younger|surprised|like me}.
m {Picture!|In what colour?|On purpose?}
t {Tomorrow, it's drying|The usual blue|Nearly}. You'll {laugh|approve|say "nevertheless"}.
m I'm {practising|looking forward to it|already there}.

t Small victory: {the jar opened|it fits|they answered|nobody fell}.
m {How?|At last!|With or without tape?}
t {Hot water and language.|I asked nicely.|With. Always with.}
m I'm {telling everyone|proud of you|writing it down}.

t Are you going to the {swap|launch|film|fair}? I've {room in the cart|a spare hat|two left boots}.
m Yes, {from ten|if it's dry|with a list}. Keep me {a place|the hat|the left one}.
t {Kept.|Done.|It's on the hook.} Bring {change|an appetite|the long umbrella}.

o I've been asked to {judge the jam|open the fair|read the minutes|hold the goat}. Advice?
t {Small spoons.|Be brief.|Don't look it in the eye.|Wear the old coat.}
m It {helped|came too late|is now on a card in my pocket}. Thank you.

p {Third|Second|Ninth} {cup|letter|attempt|lap} and still {no sense|no sign|no lid} in it.
m Have you tried {the other end|daylight|asking it}?
t {No!|Wait.|Now I have.} It's {upside down|yesterday's|not mine}.
m It's nearly always {that|yesterday's|somebody else's}.

t Word wanted, {five|seven|nine} letters: "{stays when asked|warm and in the way|comes back with the tide}".
m {"Cat", badly spelled?|"Visitor"?|"Nuisance", with love?}
t It fits if {the river is wrong|we bend the T|nobody looks}. Thank you.

t Is the {hall|library|kiosk} still open, from where you sit?
m Lights on in {two windows|the porch|the back}. {Run.|Go slowly.|You've got ten minutes.}
t {Made it.|They waited.|I knocked.} You're the {tower|window|best view} of this town.
m I charge in {buns|herons|small change}.

p My {sister|uncle|tenant|left knee} predicts {frost|a visit|a strike|good fish}.
m {Last time it was right.|Does it take questions?|Tell it thank you.}
t It says you'll {lose a button|get a letter|be lucky with rye}.
m I've {lost two|had three|got the loaf already}. It's {good|wasted on a knee|uncanny}.
"""
"""Exchanges that anybody in town could have had; the older months are made of them."""

FAREWELLS = (
    "Deal.",
    "I'll hold you to that.",
    "That made my evening, good night.",
    "Ha! Sleep well.",
    "Then all is well on Ropewalk.",
    "I'm smiling at a wall now.",
    "See you at the clock.",
    "You're impossible and I'm glad.",
    "I'll bring buns.",
    "Consider it written down.",
    "Good. I'd worried a bit.",
    "That's going in the jar.",
    "More of this, please.",
    "I've read it to the window.",
    "And so to bed.",
    "Noted with a small drawing.",
    "Perfect, till soon.",
    "You win this round.",
    "I shall say it to everyone as mine.",
    "Then the kettle can come off.",
    "I'll let you know how it went.",
    "Happy to hear it.",
    "It's a pleasure, as ever.",
    "I'm around if it comes undone.",
)
"""How the owner ends what would otherwise hang on their word."""
