"""What people write to the owner out of the blue, and what they say next (`||`) once they are answered.

Follow-ups fit whatever the owner said, so they react to having been answered, not to its words.
"""

from __future__ import annotations

STARTERS = """
<quillfox> One of the basses has asked for his label back. He says he's "between sections". What do
I print?
|| I read him that and he has gone very quiet, which in a bass is a sort of song.
|| Printed. He's wearing it. Bless you, and sing something on Tuesday.

<quillfox> If I export tonight, does the list of the missed ones come along or do they stay missed?
|| Right, then I'll do it before the soup. Is it two steps or three?
|| Done, every one of them is in it. You're invited to the front row for life.

<quillfox> We have a free chair on Tuesday, next to a real alto. You could move your mouth again.
|| Splendid. Half past seven, side door, wear something for two seasons.
|| I've told the alto. She says she'll sing for both of you.

<odile> I'm at the second bridge and the lamp is out. Was it lit when you came past?
|| That's what I feared. I'll stand here a bit and be the lamp.
|| It's back! It only wanted company.

<odile> Sheet ten has a white corner. May I put your bench there? It's where you'd have put it.
|| Then it's going in, in pencil first and in ink on Friday.
|| Inked. Nobody can move it any more, except cinder path.

<odile> How do I explain to the council that the map's right and the harbour isn't?
|| I'll say exactly that, in a hat.
|| They laughed, and then they measured, and then they stopped laughing.

<tinbadger> [audience: direct] I've found a title for issue ten. I'm afraid to say it out loud. Ready?
|| "Nothing Happens, Then a Heron". Too much?
|| I'm setting it tonight. If you hear a clonk, that's joy.

<tinbadger> [audience: direct] Is your aunt still looking for a press? Mine needs a home with a dry floor.
|| No hurry. It weighs as much as a calm horse, so she may want to sit down first.
|| I'll put a ribbon on it. Thank you for asking her.

<tinbadger> [audience: direct] Read me your first line. I'll read you mine. No comments, only breathing.
|| Mine: "The ferry was late, and so it met her." I'm breathing.
|| That was good. Let's do page two on Sunday.

<tinbadger> The proof with your name in it is up. We've spelled you with a wave at the end. Keep it?
|| Your name, your wave. It's locked in the forme.
|| Printed, forty times. One's crooked, that one is yours.

<hollowreed> I need somebody who's heard a real lie told in a kitchen. You write manuals. Have you?
|| I won't ask whose. What did the spoon do meanwhile?
|| That's it, that's the scene. You'll be in the credits as "kitchen".

<hollowreed> Would you come and be a door tomorrow? Mine has stage fright.
|| Bring the shoes that creak. We'll do it in one take.
|| You were the best door we've had. Soup's on me.

<hollowreed> Which word should be the last one in a play about the sea: "still" or "yet"?
|| I'll sleep on that side, then.
|| I've recorded it your way and the silence after it got longer by itself.

<saltsignal> My manual has a sentence with "just" in it. I can't find it, but I feel it. Would you look?
|| Page four! How did I not see it.
|| Gone. The whole page sat down more comfortably.

<saltsignal> Someone wants the tides read aloud by a voice. Would you be the voice? It's numbers and one
"good luck".
|| Wonderful. Slowly, as if to a friend with a boat.
|| It's in 15.0. Fishermen say they turn round when you speak.

<saltsignal> What do you call the person who reads a program's output? "User" makes me itch.
|| I like that better than anything I had.
|| It's in the readme now, everywhere. It reads like a letter.

<larkspur> The almanac wants a page on giving up. When do you give up on a seed?
|| That's kinder than the books. May I print it under your name?
|| Printed, between frost and beans. My aunt nodded.

<larkspur> I have leeks, you have doors. Shall we say one leek per door?
|| Then I'll be round at six with an armful.
|| Delivered. Yours is the one that looks like a baton.

<larkspur> Tester nine asked if there is an undo for slugs. What do I tell her?
|| I'll send her that with a torch.
|| She wrote back one word: "dusk". She's one of us.

<juniperpost> There's a card for you without a sender. It says "keep going". Shall I bring it up or leave it
in the tin?
|| Will do. It's a nice hand, slants uphill.
|| Done, it's there. I think whoever wrote it could see your window.

<juniperpost> Are you in on Thursday? I've got a parcel that doesn't want to be alone.
|| Good. It ticks, but in a friendly way.
|| Delivered. It was a clock, half past says hello.

<mothlantern> Could you hear the horn from your side last night? We tried it on half breath.
|| Then we'll stay at half. The museum thanks you, the seals too.
|| Noted in the log, under "neighbours, kind".

<mothlantern> A moth has settled on the word "patience" on my sign. Do I move the moth or the word?
|| So it stays. I'll read the sign out loud to visitors.
|| It's left an egg. The sign is protected now.

<deichlicht> [lang: de] Sag mal, 41 steht vor der Tür und sieht aus, als käme es von dir. Hast du Brot?
|| Dachte ich mir. Ich hole es am Nachmittag ab, mit Leine und Würde.
|| Danke dir! Es hat auf dem Heimweg erzählt, wie nett du bist.

<deichlicht> [lang: de] Wie schreibt man "Bitte Tor schließen", sodass es auch jemand tut?
|| Das male ich heute noch an. In Blau, das lesen sogar die Radfahrer.
|| Tor zu, drei Tage schon. Du kannst zaubern.

<sanae> Next firing is Saturday. There's one free place in the kiln, the warm corner. Do you have
something?
|| I keep it for you. Please do not write on the bottom, the bottom writes itself.
|| 焼けました。とてもいい色です。It is yours, it came out smiling.

<sanae> [lang: ja] 英語で「余白」は何と言いますか。marginとはちょっと違う気がします。
|| なるほど。その言葉、器の裏に小さく書いておきます。
|| ありがとう。余白がひとつ増えました。

<dunemaree> [lang: fr] Dimanche, l'eau sera à huit. Tu tiens les serviettes, comme promis ?
|| Parfait. Apporte un bonnet, tenir des serviettes, ça refroidit.
|| Quel luxe, quelqu'un qui attend sur le sable. Merci !

<fernledger> A club wants to file its quarrels by year. One label or several?
|| I'll set it up like that tonight. They have eleven years of them.
|| Filed. Two quarrels turned out to be the same one. They're having tea.

<fernledger> Is there a polite word for "you've sent me the same receipt four times"?
|| Oh, that's good, I'll use it and sign with a flower.
|| He's answered. With the receipt. I admire him now.

<fernledger> Could your export write the total at the bottom twice? Asking for sleep.
|| Then I can close the lamp at ten. Does it round?
|| Balanced, to the penny, twice. Good night from a happy desk.

<grumblegoose> They've put your manual in the waiting room. I read it. I missed my appointment.
|| Don't you be nice to me about it.
|| I've asked for another appointment. Chapter five.

<grumblegoose> [warning: food] What's the least bad soup in this town? Be honest, I can't be.
|| I'll try it, and I'll be unbearable either way.
|| It was good. I've told nobody and I'll deny this.

<copperkettle> Nine volunteers and three of them are called Ann. Does acorn cope with three Anns?
|| And if a fourth Ann turns up in spring?
|| All Anns are in. They've started a lunch.

<copperkettle> Anyone at your desk know how to print a list so that my mother finds nothing to add?
|| I tried that. She's added a line, but a small one, and she smiled.
|| She wants to meet you. I'd say Thursday, it's always Thursday.

<hana> Please, is "to get on with it" and "to get on with her" the same getting?
|| English is a house with many small doors. Thank you, I go through this one now.
|| I used both today in one sentence and nobody fell.

<hana> I must write "condolences" for a neighbour. I don't want to be too big or too small. Can you help?
|| I wrote it by hand like this. It is good size.
|| She hugged me in the stairs. Thank you, really.

<marginalia> On page nine you've crossed out a sentence and it's still the best one. May I have it?
|| I'll press it between two seas in the atlas.
|| It lives on a card now. I show it to people who are nice.

<newoar> The cox wants a manual for me. Two pages, with a picture of where my feet go. Would you?
|| She says to write "feet" large.
|| I read it in the boat. We went straight for eleven strokes!

<newoar> Do you know what "easy oar" means? Everybody stopped and I didn't.
|| Ah. That explains the silence and the duck.
|| I've got it on my hand in ink now. Thank you!

<confettiotter> we need a serious grown-up for the puppet trial 🧑‍⚖️ will you be the judge? wig is wool
|| hooray 🎉 the accused is a spoon
|| the court thanks you, the spoon is free, there is cake 🥄🍰

<confettiotter> how do you spell the sound of a paper boat 🛶 landing? it's for a caption
|| that's EXACTLY it 😭✨
|| it's on the window now, come and see, mind the fish

<petitphare> [lang: fr] La lampe a clignoté deux fois vers ta rue hier. Tu l'as vue ?
|| C'était un bonsoir, un peu timide.
|| Demain je le refais, trois fois. Après, c'est un langage.

<lola> [lang: es] Hay lenguado y hay sitio en la mesa del fondo. ¿Te guardo una silla?
|| Hecho. Trae hambre y un cuento.
|| Mi abuela dice que vuelvas. No lo dice nunca.

<brassbutton> Your coat again: the pocket wants to be deeper. How deep is too deep?
|| Then I'll line it in the red. You'll feel it even when nobody sees.
|| Ready on Friday. I've left the sentence in.

<inkdrinker> A reader wants to thank "the lady of the manual". Shall I say you're here on Mondays?
|| I'll tell her. She's bringing a pear tart, so be hungry.
|| She came, she thanked, she corrected a comma. You'd have loved her.

<inkdrinker> Would you read at storytime if the fox is on your side?
|| They'll ask why a lot. Just keep going.
|| Best storytime since the goat. They want you back.

<thirdbell> You stood under the tower on Tuesday, counting. Do you want to pull one?
|| Seven o'clock, flat shoes. Bell two is kind to beginners.
|| You rang! You all but flew, but you rang.

<woolgather> Which one of your sleeves is the longer one? Don't ask why.
|| I knew it. I've ripped back nine rows, happily.
|| It's finished. It's in the post. It isn't a scarf, it's an opinion.

<plainoak> What would you name a boat that leaks a little, but means well?
|| I said it to her out loud and she stopped dripping for a second.
|| It's on the stern now. Launch is at high water, you break the bun.

<halfpast> I have a clock here that strikes when someone lies. Can you think of a customer?
|| I'd better not put a sign on it, then.
|| It struck when I said it wasn't for sale. So it's yours if you want.

<lowbattery> The board at pier 2 takes 28 letters. How do you say "late, but gladly" in 28?
|| It's up. Three people have photographed it.
|| Captain says it stays for good.

<soupsong> We need one line above the door. It used to say "no dogs". We like dogs now.
|| Painted it this afternoon, crooked, with feeling.
|| A dog has read it and come in. Thank you.

<tidepool> Year six wants to write a manual for limpets. Where do you start?
|| They liked that. Chapter one is called "Hold on".
|| It's done: eleven pages, all drawings, one recipe, which I removed.

<mossygate> Hello! Three people told me to ask you: which day is the quiet one at the bakery?
|| Oh, lovely, thank you. I'm new, and everyone is so precise about bread.
|| I went! I've got the one with walnuts and a neighbour's name now.

<mossygate> Is there a manual for the foghorn? I mean for us, who live under it.
|| I'll get used to it, then. It's almost a hello.
|| I waved at it today. I think that I live here now.

<papercrane> Sorry to bother you again: labels or lists, if one wants to sleep?
|| That's such a relief. I'll move them over on Sunday with tea.
|| All eleven people and the boat are in. I slept!

<papercrane> One of our members has no address, just "the boat". What do I type?
|| He says that's the first form that ever took him seriously.
|| Thank you. I'd fold you a crane if I knew where you sit.

<blueapron> Hello, I follow you since Monday and I've a question about rye, if that's allowed?
|| Thank you! How long do you let it stand before you dare to cut it?
|| I waited. It was hard. It was worth it, thank you so much!

<latestarling> Is the bench by the customs house still yours, or may one sit?
|| Then I'll sit on the left and leave you the view.
|| Review: nine of ten. The tenth was a gull.

<harbournan> My granddaughter says you explain things. What's a "thread", dear?
|| Oh, it's knitting! Why didn't they say so.
|| I've pulled the thread and found my sister at the other end. Thank you.

<acorn> Chapter seven: would "Start again" frighten you on a button?
|| You're right, people might think we mean life.
|| It's changed. It ships on Monday, with your comma.

<tidewater> We're naming the Tuesday loaf that isn't there. Any idea?
|| Pim has chalked it up. Four people ordered it already.
|| It's sold out. It was never in. Thank you!

<elmport> Could you look over the sign for the stairs? It's grown to nine lines.
|| Down to two! The council didn't know it could do that.
|| It's up. Someone's put flowers by it.
"""

PATTERNS = """
<odile> {Quick question|Tell me honestly|You'd know}: is it {vain|wrong|very odd} to {name a puddle|draw my
own window|put a dog on a map}?
|| That's a relief. I've already done it, twice.
|| It's in ink. Come and see it on {Thursday|Sunday}.

<quillfox> The {sopranos|basses|tenors} want {a banner|a vote|a longer break|cushions}. Have you words
against it?
|| I'll say that, slowly, from the piano.
|| It worked for one whole evening. I owe you {a bun|a solo|a chair}.

<saltsignal> Does "{press q|type quit|hold the key}" sound {cold|rude|brisk} to you?
|| Then I'll warm it up a little.
|| Much better, thank you. It's almost a goodbye now.

<larkspur> {Too many|Nine|A crate of} {beets|apples|beans|squash} here. Could you {take|hide|name} a few?
|| On your step by {six|dusk}. Don't fight it.
|| Thank you, the shed can breathe.

<juniperpost> {A card|A parcel|A very flat letter} for you smells of {oranges|smoke|lavender|ferry}. Expecting
any?
|| Then it's yours. I'll bring it up after the hill.
|| Delivered, upright, with a nod.

<fernledger> Would you call {a lost glove|a broken urn|a raffle pig|an anchor} an asset or an event?
|| That's what I felt. It goes in column four.
|| The treasurer agrees, he's relieved, I'm going home.

<newoar> Is it {normal|allowed|lucky} to {sing|count out loud|close your eyes} in a boat?
|| I'll ask the cox tomorrow, from far away.
|| She said "adequate". I'm floating.

<hana> Which is right, "{on the bus|in the bus}" or "{in|at} the {harbour|corner|end}"? I want to {complain|
praise|sing} correctly.
|| Thank you! I write it on my arm, next to "drizzle".
|| It worked, they understood me and were only a little surprised.

<hollowreed> If a {kettle|staircase|coat} could speak, would it be {tired|kind|from the north}?
|| I hear it now, yes.
|| Recorded. It's the best {kettle|part} of the evening. Thank you.

<mothlantern> Are you awake? The {sea|sky|street} is {very still|all silver|making a list}.
|| Good to know there are two of us.
|| It's past now. Sleep well, lamp's on.

<inkdrinker> Somebody left {a pencil|a poem|a map|a plum} in the book you brought back. Yours?
|| I'll keep it at the desk, under M.
|| It's found its owner, and they've both blushed.

<plainoak> Do you need {a shelf|a doorstop|a very small boat}? I've got {pear|walnut|old oak} over.
|| It'll be done by {Friday|the new moon}.
|| It's on your step and it smells of {Sunday|rain}.

<marginalia> Found your word "{nevertheless|gently|rather}" in a book from before the bridge. Want the page?
|| I've copied it by hand, with the stain.
|| It's in the letterbox. Read it standing up.

<soupsong> Can we put {you|your bread|your sign} down for {Wednesday|Sunday}?
|| You're on the list, under "people".
|| See you then. Bring no spoon, we've got all the spoons.

<lowbattery> Wording, please: the {lift|printer|board} is {resting|sulking|new} and people {shout|pray|push}.
|| Taped it up. It's quiet already.
|| Complaints down to {one|two}, and those were about the tape. Thanks!
"""
"""For the later hours, when everything above has been said."""

QUOTES_OF_OWNER = """
<marginalia> Reading this one to the kettle. It has stopped complaining.

<inkdrinker> Shelf mark for this sentence: between the atlas and the grief one.

<marginalia> Underlined twice. The second line is wavy, with feeling.

<fernledger> This adds up. I checked it from the bottom as well.

<brassbutton> Somebody should stitch this into a hem.

<marginalia> In the margin, in pencil: "yes, and who else would say so".

<hana> I understand every word here and also the space between. Reading it to my class.

<tinbadger> Setting this in 12 point over lunch. With air.
"""
"""What people put above a post of the owner when they quote it."""
