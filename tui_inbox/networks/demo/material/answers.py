"""How people answer the owner: by what was asked, by what it was about, by language, and to end with."""

from __future__ import annotations

TO_QUESTIONS: dict[str, tuple[str, ...]] = {
    "where": (
        "Down by pier 2, behind the nets. Ask for the tin.",
        "Top of Chapel Steps, the blue door. If there's a cat, that's the bell.",
        "Next to the bakery, you'll smell the wrong door first.",
        "By the second bridge, the one with the lamp.",
        "In the shed, on the left, under everything.",
        "At the library, in the corner with the broken lamp.",
    ),
    "when": (
        "Thursday after six, if the ferry lets me.",
        "High water, so about half past ten. I bring the thermos.",
        "Any evening but Tuesday. Tuesday is bells.",
        "Saturday, early, before the buns are gone.",
        "Soon. By which I mean this week, and I'll say which day.",
        "When the lamp on the bridge comes on. That's about five now.",
    ),
    "how": (
        "Slowly, and with more tape than I'd like to admit.",
        "Two steps: the first one is dull and the second one is obvious.",
        "The way my aunt did it: badly once, then never again.",
        "With a pencil first. It's the only advice I've ever kept.",
        "I'd start at the end and walk backwards until it makes sense.",
        "Honestly? I ask until somebody's too tired to say no.",
    ),
    "how long": (
        "Two winters and a wet spring.",
        "Longer than a kettle, shorter than a council meeting.",
        "Until the light went. So, not very.",
        "About a week, less if nobody helps.",
    ),
    "how many": (
        "Eleven. Twelve if you count the one that leaks.",
        "Four, and one in the cupboard for luck.",
        "More than fit, fewer than last year.",
        "Two evenings, no tears.",
        "I stopped at forty, and nobody's asked since.",
    ),
    "why": (
        "Because it was there and so was I.",
        "I've been asking myself the same since breakfast.",
        "Because the other way has geese.",
        "It seemed kinder. Also it was raining.",
        "Habit, mostly. And a bit of love, don't tell anyone.",
    ),
    "who": (
        "The one with the ladder. There's always one with the ladder.",
        "plain oak, or somebody who wears his coat.",
        "Nobody we could name without a cake.",
        "My neighbour at number nine. And her dog, in an advisory role.",
        "juniper post will know. She knows all of us by our hinges.",
    ),
    "which": (
        "The second one. It's always the second one.",
        "The small one at the bottom. Everybody misses it.",
        "The left one, seen from the water.",
        "The old one. The new one is the old one with a sticker.",
    ),
    "what": (
        "Nothing grand: a bit of rope, a list, a good pair of boots.",
        "Soup, I think. It usually turns out to be soup.",
        "The small grey one with the handle. You'll know it.",
        "A thing between a plan and a nap.",
        "Honestly, the part before the nice part.",
    ),
    "yes or no": (
        "Yes. Well, mostly yes.",
        "I think so! Give me until tomorrow and I'll know so.",
        "Yes, and I've been hoping somebody would ask.",
        "Not quite, but it's leaning that way.",
        "Oh yes. Bring a coat, though.",
        "No, but I'll pretend until it works.",
        "I'd say yes. The cat would say it depends.",
    ),
}
"""Answers by what a question begins with. They are vague on purpose and fit most of what can be asked."""

BY_TOPIC: dict[str, tuple[str, ...]] = {
    "bread": (
        "Now I'm hungry, and the bakery has only just closed. Thank you very much.",
        "The rye says hello. What's left of it.",
        "I'd walk up the hill for that, and I don't walk up the hill.",
        "You're on the side of the dark crusts, I knew it.",
        "Is that the one with walnuts? Say it's the one with walnuts.",
    ),
    "ferry": (
        "I was on that one! Port side, the coat.",
        "The 22:25 has its own time zone by now.",
        "Say hello to the purser. He remembers you for the run.",
        "A crossing like that makes the soup taste twice.",
        "Did they ring? I thought I heard them ring.",
    ),
    "choir": (
        "Hum it to me on Tuesday, I'll be the one near the radiator.",
        "That's bar 30 all over.",
        "The altos will deny it, and in harmony.",
        "I've had the ferry song in my head since you wrote that.",
        "We could use you in the back row. Or the front. Or a chair.",
    ),
    "program": (
        "I tried it at once and it did what you said, which frightened me.",
        "Did you write that down somewhere? You should write that down.",
        "Step two! It's always step two.",
        "I've sent that on to three people who needed it.",
        "My version does something else, but with the same enthusiasm.",
    ),
    "weather": (
        "Same on this side. The washing has given up.",
        "The cat said before tea. It's never wrong, it's merely rude.",
        "I've put a lamp in the window, in case you walk past.",
        "You describe it better than it deserves.",
        "Boots by the door, then.",
    ),
    "book": (
        "Shelf 4, or under my bed. I'll look in both.",
        "Read me that bit on Thursday, please.",
        "I've pencilled it into the margin of my day.",
        "Now I have to start it again, from the dedication.",
        "Don't tell me how it ends. Tell me how it starts, though.",
    ),
    "walk": (
        "Take the gap in the hedge. You didn't hear it from me.",
        "I'd have come along. Next time knock.",
        "That's about eleven hundred of my steps, uphill ones.",
        "And the geese?",
        "There's a bench half way, with a view of the wrong clock.",
    ),
    "garden": (
        "The beans will be so pleased.",
        "Leave it till the frost has been, then talk to it.",
        "I've got nine of those. I'm not offering, I'm warning you.",
        "The robin agrees.",
        "Labels! I always say labels, and then I don't.",
    ),
    "animal": (
        "Give it my regards, whatever it thinks of me.",
        "Is it the one with the look?",
        "Ours does that too, but with an audience.",
        "I'd have shared the bun.",
        "The weather cat will want to know about this.",
    ),
    "tired": (
        "Sit down for a minute. The list will still be a list.",
        "I've left soup on your step, metaphorically. Say so and it's real.",
        "Some days are mostly stairs.",
        "I'm around tonight if you want to say nothing in company.",
    ),
    "good news": (
        "Oh, that's lovely! I said it out loud and the cat left.",
        "This deserves a bun. I'm getting the bun.",
        "I'm so glad. It was about time that it was your turn.",
        "Ring the third bell! No, really, I'm ringing it.",
    ),
}
"""What people say to a text about something they know."""

TOPIC_WORDS: dict[str, str] = {
    "good news": "finally finished hooray happy won proud birthday",
    "tired": "tired exhausted sad sleepless ill headache alone worried",
    "bread": "bread bakery rye loaf bun bake baked sourdough walnut flour cake",
    "choir": "choir sing alto song music concert bell tenor violin",
    "ferry": "ferry boat harbour pier sail 22:25 crossing ship sea",
    "program": "program export import acorn crm label manual bug code terminal file update software",
    "weather": "rain raining snow fog wind storm sun weather cold frost umbrella",
    "garden": "garden bean seed tomato leek plant flower allotment slug",
    "animal": "cat dog gull moth sheep bird heron crab fox robin",
    "walk": "walk walked map bridge path bench hill lost street",
    "book": "book read library novel page chapter poem letter write",
}
"""Words by which a topic is recognised; the first topic that fits counts, in this order."""

ON_PLAIN_TEXT: tuple[str, ...] = (
    "I read that twice, the second time standing up.",
    "You've said it so that it stays said.",
    "I'd have put it longer and meant less.",
    "That made the whole queue look round, I laughed so loudly.",
    "Noted, underlined, and passed on to the cat.",
    "I'm keeping that one for a wet Thursday.",
    "There's a story behind that, and I've got time until four.",
    "I was about to say the same, only worse.",
    "Funny, I was thinking of it on the hill this morning.",
    "That's the nicest thing I've read with cold hands.",
    "My neighbour says the same, but she says it about everything.",
    "Well, now I'm going to think about it all evening. Thank you.",
)
"""What a friend says to a post of the owner that is about nothing in particular."""

HELP: tuple[str, ...] = (
    "Ask salt & signal. If she doesn't know, she builds one by Friday.",
    "The library has a shelf on exactly that. Second floor, mind the poet.",
    "I had that! Look at the noticeboard by pier 2, green paper.",
    "fern & ledger does that for half the town. She likes it, too.",
    "Not me, but I've asked the man with the ladder. He's thinking.",
    "There's somebody at the swap on Saturday who swears by string.",
    "We tried three. The dullest one won. I'll dig out the name.",
)
"""What people say to a question that the owner puts to everybody."""

REACTIONS: dict[str, tuple[str, ...]] = {
    "quillfox": (
        "Sung like a bass: late, low, and right.",
        "I'll try it tonight and report from the piano.",
        "I've read it to the altos. They want it in F.",
        "You should conduct. You've got the eyebrows for it.",
        "Good. I'll put it on a label.",
    ),
    "odile": (
        "I've put that on the back of the map, where the good things are.",
        "That's the sort of sentence I walk round twice.",
        "You see, and the council says there's nothing to see.",
        "I'd draw it in brown, with a dot for you.",
        "Come on Sunday and tell me the rest past the geese.",
    ),
    "tinbadger": (
        "I'd set that in 12 point, with air.",
        "Cut nothing. I mean it.",
        "Who says so? (I say so, too.)",
        "That's going on the wall above the e.",
        "You've used one comma, and it's holding the roof up.",
    ),
    "hollowreed": (
        "I can hear the room you wrote that in.",
        "Would you say it again, a bit further from the window?",
        "There's a pause in that. I'll borrow the pause.",
        "That's act two, the good half.",
        "I read it in three voices. Yours won.",
    ),
    "saltsignal": (
        "I was going to add a setting. Now I won't. Thank you.",
        "Agreed, and it's four lines shorter.",
        "I'll write that into the manual before I write it into the program.",
        "That's the kind of report I'd hang above the desk.",
        "Works on my side, too. I checked at low water.",
    ),
    "larkspur": (
        "My aunt would say the same, but sternly.",
        "I've written it under April.",
        "That'll need mulch, and then it will be fine.",
        "I read it to the beans. They went up a bit.",
        "Sounds right. I'd give it a week and a kind word.",
    ),
    "juniperpost": (
        "I'll carry that round with me, it weighs nothing.",
        "Read it at the top of the hill, with the bell in my hand.",
        "First class.",
        "You'd be amazed how many people on my round would sign that.",
        "I've told the dog at number nine. He wants a rate.",
    ),
    "mothlantern": (
        "That kept me company up ninety-one stairs.",
        "I'll think about it at half past four, when there's room.",
        "The lamp turned once while I read that. It does, but still.",
        "You've just lit a small thing.",
        'Written into the log, under "weather, inner".',
    ),
    "fernledger": (
        "That adds up. Twice.",
        'I\'ll enter it under "other, good".',
        "You've no idea how much paper that saves me.",
        "I said it to the treasurer and he sat down.",
        "Filed under hope, with a receipt.",
    ),
    "grumblegoose": (
        "I agree, and I'm cross about it.",
        "Fine. Fine! It's good.",
        "I've looked for the mistake. I'll look again after lunch.",
        "Nobody asked me, but yes.",
    ),
    "hana": (
        "I understand all of this, even the small words!",
        'I copy this into my notebook. With "nevertheless".',
        "This is very kind English. Thank you for writing slowly.",
        "Fair enough! (I hope it fits here.)",
    ),
    "confettiotter": (
        "✨📎✨ pinned to the fridge of my heart",
        "the kids vote yes 🙋🏽🙋‍♂️🙋🏼‍♀️ (one abstained, glue)",
        "i love this so much i dropped the scissors ✂️🫶",
        "🥹🦦",
    ),
    "weathercat": ("Mrrp.", "I heard. I'm choosing not to move.", "Noted. Now the bowl."),
    "mossygate": (
        "Oh, you've answered! I told my gate.",
        "Everyone's so kind here, I've started to leave the door open.",
        "Thank you! I'll do that tomorrow, before the foghorn.",
    ),
    "papercrane": (
        "You've no idea how much that helps. The boat thanks you, too.",
        "Wonderful, I'll fold that into the plan.",
        "Thank you for being so patient with a spreadsheet person!",
    ),
    "blueapron": (
        "Thank you for answering a stranger! I'll report with a photograph.",
        "Oh, good. I'll try that tonight, the dough's already listening.",
        "That's so kind. If you ever need eggless anything, you know where I am.",
    ),
    "latestarling": (
        "Oh, hello! I didn't expect an answer before spring. Thank you.",
        "That's lovely to know. I'll sit with it, on the left.",
        "Late, but gladly: yes, that's just how I saw it.",
    ),
    "harbournan": (
        "Thank you, dear. You type very clearly.",
        "Well I never. I'll tell my sister, she'll say she knew.",
        "You must come by. There's always the second cup.",
    ),
    "copperkettle": (
        "That goes on the list. The real one.",
        "I've read it to nine volunteers. Eight nodded, one is my mother.",
        "You're practical. I like practical. Tea on Thursday?",
    ),
    "tidewater": (
        "Pim's put that on the board, in chalk, with a heart.",
        "There's a heel with your name on it.",
        "We'll bake to that.",
    ),
    "acorn": (
        "Thank you, that goes straight into the next version.",
        "Written down, with your words, not ours.",
        "You've just saved forty clubs a phone call.",
    ),
}
"""What these people say to a statement when there is nothing else to say; it fits anything."""

REACTIONS_OF_ANYBODY: tuple[str, ...] = (
    "That's just how it is, and nobody had put it like that.",
    "I'd not thought of it from that side. I'll walk round it again.",
    "Good. I'd nearly stopped hoping somebody would say so.",
    "You've made my tea go cold, in the nicest way.",
    "Ha! I'm telling my neighbour, she'll pretend she knew.",
    "I believe you. I'd believe you with a hat on, too.",
    "Then I'll do it, and blame you if it works.",
    "Nicely put. I've been nodding at a screen like a toy on a bus.",
)

NEXT_QUESTIONS: tuple[str, ...] = (
    "And how did it end?",
    "Did you do it on purpose, or did it do itself?",
    "Was there soup?",
    "Would you do it again?",
    "And what did the others say?",
    "Shall I bring the thermos?",
)
"""What keeps a conversation going, put behind a reaction."""

CLOSINGS: tuple[str, ...] = (
    "Thank you! That's all I needed.",
    "Thanks, and good night from this side of the water.",
    "You've been a help. I'll leave you to your tea.",
    "Grand. I'm off, the kettle's saying things.",
    "Thank you, I'll be quiet now and do it.",
    "That's settled, then. See you at the wrong clock.",
    "Thanks! I've got to run, the rain is asking for me.",
    "Lovely. More when there's more.",
)
"""Texts that end a conversation: no question in them, nothing left to answer."""

WELCOMES: tuple[str, ...] = (
    "Any time.",
    "With pleasure!",
    "Don't mention it. Mention the bread.",
    "You're very welcome, come by.",
)
"""To a thank you."""

BY_LANGUAGE: dict[str, dict[str, tuple[str, ...]]] = {
    "de": {
        "answer": (
            "Ja, glaub schon. Frag mich nach dem Tee noch mal.",
            "Am Deich, wie immer. Windseite.",
            "Donnerstag, wenn der Wind nicht anders will.",
        ),
        "reaction": (
            "Stimmt. Die Schafe sehen das genauso.",
            "Schön gesagt. Ich schreib's mir an die Pegellatte.",
            "Da sagst du was.",
            "Das merke ich mir bis mindestens Mittwoch.",
        ),
        "closing": ("Danke dir! Bis die Tage.", "Gut so. Ich muss los, der Wind ruft."),
    },
    "fr": {
        "answer": (
            "Oui, enfin presque. Demain j'en serai sûre.",
            "Près de la jetée, là où ça sent le café.",
            "Dimanche, si la marée est d'accord.",
        ),
        "reaction": (
            "C'est exactement ça, et je n'avais pas trouvé les mots.",
            "Je l'ai lu à voix haute, la mouette a approuvé.",
            "Voilà une phrase à garder au sec.",
        ),
        "closing": ("Merci ! À bientôt, sur le sable.", "Parfait, merci. Je retourne à ma lampe."),
    },
    "es": {
        "answer": (
            "Sí, o casi. Mañana te digo.",
            "En el muelle, detrás de las cajas azules.",
            "A las doce, antes de la gaviota.",
        ),
        "reaction": (
            "Eso mismo dice mi abuela, pero gritando.",
            "Qué bien dicho. Lo pongo en la pizarra.",
            "Me has alegrado la mañana, y eso que huele a caballa.",
        ),
        "closing": ("¡Gracias! Nos vemos en el puesto.", "Perfecto, hasta luego."),
    },
    "ja": {
        "answer": ("はい、たぶん。窯に聞いてみます。", "土曜日の朝が一番いいと思います。"),
        "reaction": (
            "その言葉、土に混ぜておきたいです。",
            "読んで、少し笑いました。猫は寝ています。",
            "なるほど。次の湯のみで試してみます。",
        ),
        "closing": ("ありがとうございました。また今度。", "では、火を見てきます。"),
    },
    "zh": {
        "answer": ("大概是的，等茶泡好了我再告诉你。", "在码头边，闻着茶香就到了。"),
        "reaction": ("说得真好，我抄下来了。", "读了两遍，第二遍是笑着读的。"),
        "closing": ("谢谢你！改天喝茶。",),
    },
    "ko": {
        "answer": ("네, 아마도요. 책방에 오시면 보여 드릴게요.", "토요일 저녁이 제일 조용해요."),
        "reaction": ("그 말, 책갈피에 적어 둘게요.", "읽고 한참 창밖을 봤어요."),
        "closing": ("고맙습니다! 또 놀러 오세요.",),
    },
    "ar": {
        "answer": ("نعم، غالبًا. اسألني بعد القهوة.", "عند الرصيف، حيث الكرسي الأزرق."),
        "reaction": ("كلام يُكتب على فنجان.", "قرأته للبحر فهدأ قليلًا."),
        "closing": ("شكرًا لك! القهوة في انتظارك.",),
    },
    "he": {
        "answer": ("כן, כמעט בטוח. אבדוק מלמעלה.", "ליד המדרגות, איפה שהתפוזים."),
        "reaction": ("יפה אמרת. האור הסכים.", "קראתי את זה בקול לרוח."),
        "closing": ("תודה! לילה טוב מהמגדלור.",),
    },
    "hi": {
        "answer": ("हाँ, शायद। चाय के बाद बताता हूँ।",),
        "reaction": ("क्या बात कही! नदी भी रुक गई।",),
        "closing": ("धन्यवाद! फिर मिलेंगे घाट पर।",),
    },
    "th": {
        "answer": ("น่าจะใช่ค่ะ เดี๋ยวถามแมวก่อน",),
        "reaction": ("อ่านแล้วยิ้มเลย แมวก็ด้วย",),
        "closing": ("ขอบคุณค่ะ แล้วเจอกันที่ท่าเรือ",),
    },
    "vi": {
        "answer": ("Chắc là có. Ghé bếp rồi mình kể.",),
        "reaction": ("Nói hay quá, cả bếp cùng gật đầu.",),
        "closing": ("Cảm ơn bạn! Hẹn gặp ở bến phà.",),
    },
}
"""How people answer who are written to in their own language."""

QUOTED: tuple[str, ...] = (
    "I've been quoted! I'm sitting down.",
    "Oh, that looks far better in your frame.",
    "My aunt will want this on paper. Thank you.",
    "Now I have to live up to it. Since lunch, even.",
)
"""What people say who are quoted by the owner."""

AT_HOME_WITH: dict[str, str] = {
    "bread": "tidewater soupsong blueapron larkspur",
    "ferry": "juniperpost lowbattery mapleline odile",
    "choir": "quillfox secondviolin thirdbell",
    "program": "saltsignal fernledger quillfox lowbattery",
    "weather": "mothlantern juniperpost odile cinderpath",
    "book": "inkdrinker tinbadger marginalia hollowreed",
    "walk": "odile cinderpath juniperpost",
    "garden": "larkspur fernledger frieda",
    "animal": "gullwatch mothlantern juniperpost tidepool",
    "tired": "mothlantern hollowreed odile soupsong",
    "good news": "odile quillfox confettiotter larkspur",
}
"""Who answers a post of the owner about a topic."""

SPEAKERS: dict[str, str] = {
    "de": "deichlicht frieda",
    "fr": "dunemaree petitphare",
    "es": "lola",
    "ja": "sanae",
    "zh": "xiaoman",
    "ko": "dalbit",
    "ar": "qahwa",
    "he": "migdalor",
    "hi": "nadi",
    "th": "maewtha",
    "vi": "beplan",
}
"""Who answers a post in another language than English."""
