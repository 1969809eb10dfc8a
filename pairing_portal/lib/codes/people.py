"""Codes about a person: sex (GB/T 2261.1), nation (GB/T 3304), relations (GB/T 4761), boarding, disability.

Two relations, two directions: what the pupil is to the head of household, what the guardian is to the pupil.
"""

from django.core.exceptions import ValidationError
from django.db import models

from pairing_portal.lib.codes.lists import Code, CodeList, normalise_word


class Sex(models.TextChoices):
    """Sex as the identity number tells it."""

    MALE = "male", "男"
    FEMALE = "female", "女"
    UNKNOWN = "unknown", "未知"


class DisabilityKind(models.TextChoices):
    """The kind of disability, by the 19th digit of a disability certificate."""

    SIGHT = "1", "视力"
    HEARING = "2", "听力"
    SPEECH = "3", "言语"
    LIMB = "4", "肢体"
    INTELLECT = "5", "智力"
    MIND = "6", "精神"
    MULTIPLE = "7", "多重"


_NATIONS_BY_CODE = """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳
    佤 畲 高山 拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米
    塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
_FORMER_NATION_WORDS = {"毛南": "毛难", "德昂": "崩龙", "傈僳": "僳僳"}


def _nation(word: str) -> Code:
    """汉 and 汉族 are one nation, printed 汉族; a former name is accepted both ways too."""
    former = _FORMER_NATION_WORDS.get(word)
    return Code(f"{word}族", (word, former, f"{former}族") if former else (word,))


NATIONS = CodeList(
    "民族",
    "nation_unknown",
    (
        *map(_nation, _NATIONS_BY_CODE.split()),
        Code("其他", ("其它", "其他民族", "未识别民族", "外国血统")),
    ),
    advice="请填写 56 个民族之一，如“汉族”；确实不在其中的填“其他”。",
)

RELATIONS_TO_HEAD = CodeList(
    "与户主关系",
    "relation_to_head_unknown",
    (
        Code("子", ("儿子", "长子", "次子", "三子", "独生子", "养子", "继子", "父子", "母子")),
        Code("女", ("女儿", "长女", "次女", "三女", "独生女", "养女", "继女", "父女", "母女")),
        Code("孙子", ("孙",)),
        Code("孙女"),
        Code("外孙子", ("外孙",)),
        Code("外孙女"),
        Code("侄子", ("侄", "侄儿")),
        Code("侄女"),
        Code("弟", ("弟弟",)),
        Code("妹", ("妹妹",)),
        Code("其他亲属", ("其他", "亲属")),
        Code("非亲属", ("无亲属关系", "无亲属")),
        Code("本人", ("户主", "户主本人", "本人或户主")),
    ),
    advice="这一栏填学生是户主的什么人：子、女、孙子、孙女、外孙子、外孙女、侄子、侄女、弟、妹、其他亲属、非亲属或本人。",
)

GUARDIAN_RELATIONS = CodeList(
    "监护人与学生关系",
    "guardian_relation_unknown",
    (
        Code("父亲", ("父", "爸爸", "爸", "父子", "父女")),
        Code("母亲", ("母", "妈妈", "妈", "母子", "母女")),
        Code("祖父", ("爷爷", "爷", "爷孙")),
        Code("祖母", ("奶奶", "奶", "奶孙")),
        Code("外祖父", ("外公", "姥爷", "外爷")),
        Code("外祖母", ("外婆", "姥姥")),
        Code("继父或养父", ("继父", "养父")),
        Code("继母或养母", ("继母", "养母")),
        Code("兄", ("哥哥", "哥")),
        Code("姐姐", ("姐", "之姐")),
        Code("伯父", ("伯伯", "大伯")),
        Code("伯母", ("大妈", "大娘")),
        Code("叔父", ("叔叔", "叔")),
        Code("叔母", ("婶婶", "婶娘")),
        Code("舅父", ("舅舅", "舅")),
        Code("舅母", ("舅妈",)),
        Code("姑母", ("姑姑", "姑妈", "姑")),
        Code("姨母", ("姨妈", "阿姨", "姨")),
        Code("其他亲属", ("其他", "亲属", "亲戚")),
        Code("非亲属", ("无亲属关系", "无亲属", "社会监护人")),
    ),
    advice="这一栏填监护人是学生的什么人：父亲、母亲、祖父、祖母、外祖父、外祖母、兄、姐姐、伯父、叔父、舅父、姑母、姨母、其他亲属或非亲属。",
)

_SEXES = {
    **dict.fromkeys(("男", "男性", "男生", "男孩", "男童"), Sex.MALE),
    **dict.fromkeys(("女", "女性", "女生", "女孩", "女童"), Sex.FEMALE),
    "未知": Sex.UNKNOWN,
}
_BOARDING = {
    **dict.fromkeys(("住校", "住校生", "寄宿", "寄宿生", "住宿", "住宿生", "是", "√", "✓", "✔"), True),
    **dict.fromkeys(("走读", "走读生", "否", "不住校", "不寄宿", "非寄宿", "×", "✗", "x", "X"), False),
}


def parse_sex(text: str) -> Sex:
    """男 or 女 (or 未知); ValidationError `sex_unknown`."""
    try:
        return _SEXES[normalise_word(text)]
    except KeyError:
        raise ValidationError("性别请填“男”或“女”。", code="sex_unknown") from None


def parse_nation(text: str) -> str:
    """“汉”, “汉族” and former names, to the name as printed: 汉族; ValidationError `nation_unknown`."""
    return NATIONS.parse(text)


def parse_relation_to_head(text: str) -> str:
    """What the pupil is to the head of the household: “之子” to 子; code `relation_to_head_unknown`."""
    return _parse_relation(RELATIONS_TO_HEAD, text)


def parse_guardian_relation(text: str) -> str:
    """What the guardian is to the pupil: “爷爷” to 祖父; code `guardian_relation_unknown`."""
    return _parse_relation(GUARDIAN_RELATIONS, text)


def _parse_relation(relations: CodeList, text: str) -> str:
    """A relation with or without 之 before it and 关系 behind it."""
    bare = normalise_word(text).removeprefix("之").removesuffix("关系")
    return relations.parse(bare if bare in relations else text)


def parse_boarding(text: str) -> bool:
    """Whether the pupil boards, from 住校, 走读, 是, 否 or a tick; ValidationError `boarding_unknown`."""
    try:
        return _BOARDING[normalise_word(text)]
    except KeyError:
        raise ValidationError(
            "就读方式请填“住校”或“走读”（也可填“是”“否”）。", code="boarding_unknown"
        ) from None
