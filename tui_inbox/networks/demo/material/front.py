"""The first screen: what stands in the town when somebody enters it for the first time.

Blocks as in `demo.writing`; the line before each says how long ago it was posted and by whom. A reply's
line says how long ago as well (`<who 5h>`), a boost names who passed the post on and when.
"""

from __future__ import annotations

FRONT = """
2m odile
Printed the harbour map at last. The paper was a gift and the folding was not.
[picture: a hand-drawn map of a harbour, two boats]
[link: https://maps.example/fold | How to fold a chart | Wrong once, on purpose, at home]

4m nightferry
From Monday the 22:10 leaves at 22:25.
[link: https://ferry.example/winter | Winter timetable | Night ferry, all piers, from Monday]

8m copperkettle
Anyone know a crm that exports plain text? I have nine volunteers, one of them my mother.
[boosted: fernledger 6m]

11m saltsignal
A small tool that draws tide tables as text. No account, no tracking, one file. #smalltools
[link: https://tides.example/terminal | Tide tables for your terminal | High water, low water, in 80]
[boosted: odile 10m | tinbadger 7m]
<juniperpost 9m> Taped to the handlebar since Monday, next to the bell: https://tides.example/terminal

12m grumblegoose
[warning: food]
Whoever decided that soup should be smooth never had to be alone with it.

14m tidewater
Which loaf for the market?
[poll: rye | spelt | the one with walnuts]

19m hana
I learn English since two winters. Today I understood a joke on the ferry before it was finished.
<newoar 16m> Which one? I need one.
<hana 13m> "The ferry is on time."

23m deichlicht
[lang: de]
Windstärke sieben. Die Schafe stehen alle in dieselbe Richtung, ich auch.
<frieda 21m> Und wohin zeigt ihr?
<deichlicht 17m> Zum Tee.

26m pebbledash
Anyone know what this key opens? It came with the house, and there's no lock left in it that I don't
know by name.
[picture: a long iron key on a window sill, beside it a tape measure]
[picture: the same key in a hand, for its size]
[picture: ]
<lostfound 20m> Bring it. We've got a lock that's been waiting since spring.

31m sanae
[lang: ja]
窯を開けました。今回の青は、朝の港の色に少し近いです。
[picture: 青い釉薬の湯のみが三つ、木の板の上に並んでいる]
[boosted: echosons 26m]

36m mothlantern
Seventeen species at the sheet tonight and one bat with table manners.
<tidepool 33m> Which seventeen?
<mothlantern 28m> I'll send the list, but the setaceous Hebrew character turned up, and I say that name
whenever I'm allowed.

44m zigzag
[gone: revoked]
m̶o̶n̶d̶a̶y̶ tuesday

47m thirdbell
The third bell is flat. It's been flat for two hundred years and everyone in town hums it that way.
<quillfox 41m> We tune to it. Don't you dare fix it.

53m tabularosa
Anyone know a keyboard that's quiet enough for a night train?

58m juniperpost
Delivered a letter that was posted in spring. We don't discuss where it was. It was in the bag.
<tinbadger 55m> Mine?
<juniperpost 52m> Yours was the other one.

1h qahwa
[lang: ar]
قهوة الفجر جاهزة، والبحر لم يستيقظ بعد.

63m fernledger
Anyone know a tidy way to share a ledger with three volunteers and one who prints everything?
<lowbattery 50m> Text file, one folder, and you print it for him before he asks.
<fernledger 45m> That is exactly how I run my marriage.
<papercrane 10m> We do this now. He still prints, but he looks happier.

71m confettiotter
woke up and chose glitter ✨🦦✨ :glitter_jar: the cat chose the other room

80m lowbattery
Uptime of the ticket machine: 611 days. Uptime of me: since the alarm.
[boosted: saltsignal 66m]

97m larkspur
The beta of the planting almanac has eleven testers now, and two of them have a garden.
<plainoak 90m> I have a window box and a lot of confidence.

105m quillfox
People ask how you keep forty amateurs in time. You don't. You keep four of them in time, one in
each corner, and you let the rest be polite.¶The four must never learn who they are. I had one who
found out. She began to nod on the beat. Within a week her whole corner nodded, then the front row,
and by Advent we looked like a shelf of toys on a bus.¶So: four, secret, rotated every season. If
you sing with me and think you are one of them, you are not. #choir
<latestarling 94m> I have been nodding since September. I'd like to apologise.

2h dalbit
[lang: ko]
비 오는 밤에는 시집이 잘 팔립니다. 이유는 묻지 않습니다.

3h hollowreed
Slow morning. Someone recommend a radio play, please, nothing with murders in it.
<inkdrinker 172m> There's one about two lighthouse keepers who only talk about soup. Shelf 4, on cassette.
<hollowreed 166m> I own one machine that can play it and it is mostly a lamp now. Perfect.

186m nightferry
Pier 2 is open again.
<grumblegoose 181m> I had got used to complaining about it.

195m weathercat
Rain before tea.

88m dunemaree
[lang: fr]
Eau à neuf degrés. Je suis entrée en parlant, je suis sortie en chantant.
<petitphare 84m> Je t'ai entendue. Les mouettes aussi.

150m xiaoman
[lang: zh]
今天小满。田里的水还没满，茶杯先满了。

3h lola
[lang: es]
Abrimos a las siete. A las siete y cinco ya estaba la gaviota, con número.
<gullwatch 171m> He is called a customer.

51m latestarling
@odile Is it the second bridge, the one with the wet bench? I'd like to put it on my list.

48m odile
@latestarling Number fifteen, then. Sit on the left, and bring a newspaper.

6h migdalor
[lang: he]
עליתי להדליק את האור וגיליתי שהירח הקדים אותי.

7h nadi
[lang: hi]
नदी आज धीमी है। मैंने भी अपनी चाल बदल ली।

10h maewtha
[lang: th]
แมวที่ท่าเรือนั่งรอเรือเที่ยวเดียวกันทุกวัน วันนี้ฉันนั่งรอด้วย

13h beplan
[lang: vi]
Bếp hôm nay có mùi gừng và tiếng mưa.

9h newoar
Anyone know a glove that doesn't mind being wet all its life?
<woolgather 8h> Wool. It minds, but it forgives.

22h inkdrinker
Anyone know the novel with a blue cover in which nobody marries and somebody buys a boat? A reader
needs it by Friday.
<marginalia 21h> The boat is sold in the end. But yes. Shelf 9, it has my pencil in it.

27h marginalia
[quote: mira]
I'd like this on a tea towel, small, where the hand goes.
<mira 26h> It's yours. I only ask to be ironed with care.

28h mothlantern
How do you keep the address list of a moth club? Ours is on a roller blind.
<mira 27h> With labels, I'd say. One for each night they come.
<mothlantern 26h> Then most of them are "november". Thank you, I'll start tonight.
"""

WAITING = """
2d fernledger
Is anyone using acorn for a choir? Forty singers, one treasurer, no patience.
<mira 47h> Two choirs do. Tags for voices, a list per concert.
<quillfox 5h> Does the export keep the tags? I tried it with three files and two came out bare.
[file: a table with an empty column]
|| Ticked, tried, and two of the three are back. The third one is called "old old". Shall I send you the name?
|| Sent. If the altos are in it I'll ring every bell I can reach.
<fernledger 3h> mine kept them

52h odile
Two bridges in this town have lamps. One of them deserves it.
<mira 50h> Which bridge has the good one? I walked to the market on Sunday and saw none.
<odile 2h> The second bridge, the one with the lamp. You walked right past it on Sunday :)
|| Good. Stand on the side with the wet bench, then it lights both of us.
|| I have put a dot there, and a bun next to the dot. Till Sunday.

1d tinbadger
[audience: direct]
@mira Can I send you the draft before Friday?
|| You're kind. It's eleven pages, and three of them are commas.
|| On your doorstep, in the tin. Be honest, I'll be out.

7h mira
I've got the walnut loaf, a window seat and a chapter that will not end. Ask me anything.
<mossygate 40m> Is the rye one on Saturdays only?
|| Oh good, then I'll come on Saturday. How early is early, in this town?
|| Thank you! I've told my gate.

26h mira
The first page of any manual should say what you can break. Mine says: nothing, and here's why.
<papercrane 3h> We are moving over from spreadsheets. Where would you start?
|| That sounds possible, even for us. Do we bring the old years along?
|| I've written it down in four steps. The boat thanks you.

55m latestarling
@mira Hello! I read your page about undo on the ferry. Does it still remember after one closes the window?
|| Oh, hello, I didn't expect an answer before spring! That is good news for people like me.
|| Thank you. I'll sit on the left of the bench and tell everyone.

4h harbournan
@mira My granddaughter says the page on the printer is yours. It's the first I ever understood. Is there
more, dear?
|| Then I'll read the next one with my glasses. You must come for cake.
|| I've printed it. On the printer! My sister won't believe it.

5h parcel20418
@mira hi can you help me

30h mira
Testing labels with a choir, a bakery and a boat club. The boat club labels everybody "Jo".
[boosted: newoar 29h]

72h mira
Found the missing step in the export guide. It was under my own cup. Chapter two is whole again.

81h mira
Somebody told me they printed my manual and keep it by the bed. I've never felt so seen or so boring.

99h mira
Where would you put a bench, if the harbour let you have one?
"""
"""What waits for the owner at the beginning, and what she posted last."""
