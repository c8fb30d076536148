"""The smallest release that has one file of every sort; its rules are the shipped ones."""

from data.civic.knowing.guides import ElementName
from data.content.files import shipped

GUIDE = """\
id = "dog"
title = "养犬登记"
item_type = "行政许可"
department = "公安"
level = "县级"
audience = ["自然人"]
checked_on = 2026-11-21
valid_until = 2027-11-30
summary = "养犬要登记。"
plain = "养狗要登记。"

[elements.materials]
status = "fact"
basis = ["dog-rules"]
text = "带上狗的免疫证明。"
"""

SITUATION = """
[[situations]]
id = "moved"
label = "搬家"
words = ["搬家"]
[situations.elements.fee]
status = "sample"
text = "不收费。"
"""

VARIANT = """
[[variants]]
area = "330109"
[variants.elements.place]
status = "sample"
text = "在萧山办。"
"""

BUNDLE = """\
id = "pup"
title = "养狗一件事"
department = "公安"
checked_on = 2026-11-21
valid_until = 2027-11-30
summary = "一次办好。"
plain = "一次办好。"

[[questions]]
id = "bought"
ask = "狗是买的吗？"
options = [{ id = "yes", label = "是" }, { id = "no", label = "不是" }]

[[items]]
id = "licence"
title = "登记"
guide = "dog"
department = "公安"
step = 1
materials = ["card"]
status = "fact"
basis = ["dog-rules"]

[[items]]
id = "contract"
title = "合同备案"
department = "公安"
step = 2
when = { bought = ["yes"] }
status = "sample"

[[materials]]
id = "card"
name = "身份证"
"""

INTENT = """\
id = "dog"
title = "养犬登记"
kind = "guide"
department = "公安"
examples = ["狗证怎么办", "养狗要登记吗", "给狗上户口", "狗牌怎么领", "犬证在哪办",
  "遛狗要有证吗", "我家金毛要办证", "小狗办证", "养犬证丢了", "狗打针在哪"]
"""

TALK = """\
id = "hello"
title = "问好"
kind = "talk"
department = "12345热线"
examples = ["你好", "您好", "在吗", "早上好", "有人吗", "喂", "哈喽", "下午好", "嗨", "早"]
[answer]
full = "您好。"
"""

PLACES = """\
county = "330109"
source = "GB/T 2260"
[[area]]
code = "33"
name = "浙江省"
[[area]]
code = "3301"
name = "杭州市"
[[area]]
code = "330109"
name = "萧山区"
"""

OTHERS = {
    "intents/dog.toml": INTENT,
    "intents/hello.toml": TALK,
    "bundles/pup.toml": BUNDLE,
    "places/330109.toml": PLACES,
    "sources/dogs.toml": '[dog-rules]\nname = "养犬条例"\nissuer = "市人大"\n',
    "wording/desks.toml": '[welcome]\nfull = "您好。"\n\n[bye]\nfull = "再见，请打{phone}。"\n',
    "lexicon/words.txt": "养犬登记\n",
    "lexicon/variants.tsv": "狗证\t养犬登记证\n",
    "golden/golden.tsv": "# 问题\n狗证要钱吗\tdog\tfee\t不收费\n",
    "held_out/some.tsv": "\n狗狗落户\tdog\n今天天气好\tother\n",
    "other/chat.txt": "讲个笑话\n",
}


def release() -> dict[str, bytes]:
    """Give its files."""
    rules = {path: text for path, text in shipped().items() if path.startswith("rules/")}
    stated = 'status = "not_stated"\n'
    rest = "".join(f"\n[elements.{n}]\n{stated}" for n in ElementName if n != "materials")
    files = {"guides/dog.toml": GUIDE + rest + SITUATION + VARIANT, **OTHERS}
    return rules | {path: text.encode() for path, text in files.items()}
