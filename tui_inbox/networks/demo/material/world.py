"""Posts of townspeople who write in other scripts: they also try a terminal's widths and directions."""

from __future__ import annotations

POSTS: dict[str, str] = {
    "xiaoman": """
雨下了一夜，屋檐在替我数数。

邻居送来三个柿子，说是“多了一个”。多的那个最甜。
[picture: 窗台上三个橙色的柿子，旁边一只空茶杯]

渡轮晚点二十分钟，整个码头的人一起看云。

学会一个英文词：drizzle。写出来就有点湿。
<hana> My favourite too!
<xiaoman> 那我们是一场小雨的同学。

把旧报纸铺在桌上剥毛豆，读到去年的天气。

茶凉了也是茶，只是话少一点。 #茶

Tea of the day: white, from last spring, tastes like a window after rain.
[lang: en]

夜里听见远处的汽笛，像有人轻轻关上抽屉。

{早上|傍晚|午后}的{码头|菜市场|小巷|河边}，{有人在补网|一只猫坐在秤上|卖豆腐的人在唱歌|风把\
帽子还给了我}。{我站了一会儿。|回家泡茶。|今天也算没有白过。|明天再来看看。}
""",
    "dalbit": """
손님이 책을 덮고 한참을 웃었어요. 그 책은 안 팔기로 했습니다.

오늘의 책: 표지는 젖었지만 마지막 쪽은 멀쩡한 등대지기 이야기.
[picture: 낮은 조명 아래 작은 책방, 창밖에는 비]

고양이가 신간 위에서 잡니다. 판매는 내일부터 합니다.

책갈피로 쓰인 기차표를 모으고 있어요. 벌써 마흔두 장.
<mapleline> Are any of them for the sleeper to the coast?
<dalbit> Three! One has a heart on it.

글자가 작은 책은 천천히 읽으라는 뜻일지도 모릅니다.

문 닫을 시간인데 한 분이 아직 바다를 건너는 중이에요. 기다립니다.

Open late tonight. The moon is in the window, the kettle's on, the shelves lean in. #책방
[lang: en]

{오늘은|어제는|이번 주는} {지도책이|요리책이|그림책이|오래된 잡지가} {먼저|조용히|두 권} 나갔습니다. {비가 \
왔어요.|창가 자리가 인기입니다.|차는 제가 삽니다.|달이 참 밝네요.}
""",
    "qahwa": """
جاء بحّار وطلب القهوة «مثل أمس». لم يكن هنا أمس. أعطيته ما أراد.

في المقهى كرسي لا يجلس عليه أحد. نتركه للقصص.
[picture: كرسي خشبي أزرق عند باب مقهى صغير يطل على الميناء]

المطر على الشراع الأبيض يشبه التصفيق.

سألتني طفلة: هل ينام الميناء؟ قلت: عينٌ واحدة فقط.
<mothlantern> I can confirm. I'm the other eye.

هيلٌ أكثر اليوم، فالريح شمالية. #قهوة

Cardamom today, and the 22:25 brought a man who tips in proverbs.
[lang: en]
<tinbadger> Collect them. I'll set them.

آخر زبون غسل فنجانه بنفسه وقال: هكذا أعود.

{صباح|مساء} {هادئ|ممطر|طويل|كريم}: {ثلاث طاولات وضحكة واحدة|الراديو يغني والقط يسمع|رائحة الهيل
حتى الرصيف|لعبة نرد لم تنتهِ}. {الحمد لله.|تفضّلوا.|القهوة عليّ.|غدًا نكمل.}
""",
    "migdalor": """
הים שקט היום. גם אני מנסה.

מישהו השאיר ליד הדלת שק תפוזים ופתק: ״בשביל האור״.
[picture: שק תפוזים על מדרגת אבן, דלת כחולה מאחור]

מאה ושתיים מדרגות. ספרתי שוב, ליתר ביטחון.
<petitphare> Soixante-douze. Je te plains avec tendresse.

רוח דרומית, כביסה אופקית.

ילדים שאלו אם המגדלור מסתובב. אמרתי שרק העולם.

Letter to the night ferry: your second window is dark since Monday. We notice, we worry. #lights
[lang: en]
<nightferry> Bulb ordered. Thank you for looking.

יש לילות שבהם האור שלי והאור שלהם מדברים.

{הלילה|היום|אתמול} {ראות טובה|ערפל קל|גלים נמוכים}, {שלוש סירות|אונייה אחת גדולה|רק שחפים}. {הכול
בסדר.|התה התקרר.|ניקיתי את העדשה.|מישהו נופף, נופפתי חזרה.}
""",
    "nadi": """
चाय दो बार उबली, बात एक बार में हो गई।

घाट पर एक बच्चे ने काग़ज़ की नाव छोड़ी। हम सब उसे मोड़ तक देखते रहे।
[picture: पत्थर की सीढ़ियों के पास पानी में काग़ज़ की छोटी नाव]

बारिश ने छत पर वही पुराना गीत फिर से सुनाया।

पुल के नीचे की गूँज में हर आदमी अच्छा गाता है।
<quillfox> That is our whole recording plan.

First oranges at the market and the whole ferry smelled of a holiday. #riverside
[lang: en]

{सुबह|शाम|दोपहर} {किनारे पर|पुल के पास|पीपल के नीचे}: {दो बगुले और एक बहस|चायवाला गुनगुना रहा था|धूप
पानी पर लिख रही थी|कोई पतंग खोज रहा था}। {अच्छा दिन।|बस इतना ही।|फिर मिलेंगे।|मैं मुस्कुरा दिया।}
""",
    "maewtha": """
ฝนตกตอนตลาดเช้า ทุกคนขยับร่มเข้าหากัน

ปลาทูวันนี้ยิ้มกว่าเมื่อวาน
[picture: แมวลายส้มนอนบนกองแหที่ท่าเรือ]

ลมเปลี่ยนทิศ แมวรู้ก่อนสถานีวิทยุ
<weathercat> Professional courtesy.

Harbour cat report: three asleep, one on duty, none of them paid. #catsofthepier
[lang: en]

{เช้านี้|เย็นนี้|คืนนี้} {น้ำขึ้นช้า|ฟ้าใสมาก|มีกลิ่นฝน} {แมวสามตัวนอนบนเชือก|เรือเล็กกลับมาครบ|มีคนร้องเพลงเก่า}
""",
    "beplan": """
Nồi canh chua sôi đúng lúc phà về bến. Mời cả nhà!

Mẹ tôi dạy: nêm sau cùng, cười trước.
[picture: một nồi canh bốc khói bên cửa sổ nhìn ra bến phà]

Soup with lime tonight at the community kitchen. Bring your cold friends. #soup
[lang: en]
<soupsong> All my friends are cold. We're coming.

Trời lạnh, rau rẻ, chuyện dài.

{Sáng nay|Chiều nay|Tối nay} nấu {cháo|canh bí|chè đậu}, {trời mưa nhẹ|gió từ biển|cả xóm ghé
qua}. {Ngon.|Hết sạch.|Mai nấu nữa.}
""",
    "zigzag": """
s̶h̶o̶r̶t̶ Long walk. Found an ampersand on a fish crate and followed it home.

I write the way I walk: t̲o̲w̲a̲r̲d̲s̲ it, then ar͜o͜und it.

Keyboard layout, new: every vowel has a hat. Ĥêl̂l̂ô. #typography
<tinbadger> I have those hats in 24 point if you want to hold one.

The ferry sign lost its ë again. It is now a very plain sign.
[picture: a white enamel sign with one letter missing, two screw holes]

n̈ is not a letter in any language I know and I think about it a lot.

{Found|Drew|Painted} a {ligature|comma|swash|hairline} on {a fish crate|the customs house|a sugar
packet|a 1930s timetable}. {Traced it.|Too good for its wall.|It leans like somebody leaving.|Sent it
to tinbadger.}
""",
}
