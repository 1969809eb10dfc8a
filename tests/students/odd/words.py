"""Oddities of what is written: other words for the same, and two facts in one cell."""

from decimal import Decimal

from pairing_portal.lib.school_years import Stage
from students.models import Register
from tests.students.odd.making import BOY, FIRST, HEAD, PUPIL, SECOND, SISTER, Oddity, book_of, one_pupil

RECOGNISED = Register.DISTRICT_RECOGNISED
WITHOUT_CLASS = {key: PUPIL[key] for key in PUPIL if key not in ("class_grade", "class_number")}
IN_ONE = WITHOUT_CLASS | {"class_number": (Stage.PRIMARY, 6, 2)}
GRADES = {
    "3年级": (Stage.PRIMARY, 3),
    "三年级": (Stage.PRIMARY, 3),
    "三": (Stage.PRIMARY, 3),
    "3": (Stage.PRIMARY, 3),
    "小学三年级": (Stage.PRIMARY, 3),
    "初一": (Stage.MIDDLE, 1),
    "七年级（初一）": (Stage.MIDDLE, 1),
    "大班": (Stage.PRESCHOOL, 3),
    "学前班": (Stage.PRESCHOOL, 3),
}
PARENT = PUPIL | {"guardian_name": "张三", "guardian_phone": "13900000000"}
FATHER = PARENT | {"guardian_relation": "父亲"}
PEOPLE = {
    "张三 13900000000": PARENT,
    "张三13900000000": PARENT,
    "张三（父亲）139-0000-0000": FATHER,
    "父亲：张三，电话：13900000000": FATHER,
    "张三（父亲）": {key: FATHER[key] for key in FATHER if key != "guardian_phone"},
    "张三（在外务工）": {key: PARENT[key] for key in PARENT if key != "guardian_phone"},
}
IDS = ("身份证件号", "公民身份号码", "证件号码", "居民身份证号码", "学生身份证号", "身份证号码（必填）")

WORDS = (
    *(
        Oddity(
            f"the ID number called {title}",
            book_of((*HEAD[:4], title), FIRST),
            (PUPIL,),
        )
        for title in IDS
    ),
    *(
        Oddity(
            f"grade and class in one cell: {words}",
            book_of(("学校", "班级", "姓名", "身份证号"), ("第一小学", words, "折小雨", BOY)),
            (IN_ONE,),
        )
        for words in ("六年级（2）班", "六（2）班", "6年级2班", "六年级二班")
    ),
    Oddity(
        "grade and class in the column of the grade",
        one_pupil(("年级", "六年级（2）班"), ("班级", None)),
        (PUPIL,),
    ),
    Oddity(
        "a grade where the class should stand",
        book_of(("学校", "班级", "姓名"), ("第一幼儿园", "大班", "折小雨")),
        ({"school": "第一幼儿园", "name": "折小雨", "class_grade": (Stage.PRESCHOOL, 3)},),
    ),
    Oddity(
        "grades in many words",
        book_of(["学校", "姓名", "年级"], *(["第一小学", "折小雨", words] for words in GRADES)),
        tuple({"school": "第一小学", "name": "折小雨", "class_grade": grade} for grade in GRADES.values()),
    ),
    *(
        Oddity(
            f"state and year in one cell: {words}",
            one_pupil(("脱贫情况", words)),
            (PUPIL | {"household_status": "已脱贫", "household_exit_year": 2017},),
        )
        for words in ("已脱贫（2017）", "2017年脱贫", "已脱贫(2017年12月)", "脱贫 2017")
    ),
    Oddity(
        "a state where the year should stand",
        book_of(
            (*HEAD, "脱贫时间"),
            (*FIRST, "未脱贫"),
            (*SECOND, "2016.12"),
            ("第一小学", "一年级", "1班", "任小明", None, 42735),
        ),
        (
            PUPIL | {"household_status": "未脱贫"},
            SISTER | {"household_exit_year": 2016},
            {
                "school": "第一小学",
                "class_grade": (Stage.PRIMARY, 1),
                "class_number": 1,
                "name": "任小明",
                "household_exit_year": 2016,
            },
        ),
    ),
    *(
        Oddity(f"a guardian written {words}", one_pupil(("监护人", words)), (values,))
        for words, values in PEOPLE.items()
    ),
    Oddity("whose phone it is", one_pupil(("联系电话", "13900000000（张三）")), (PARENT,)),
    Oddity(
        "two phones that contradict each other",
        one_pupil(("监护人", "张三 13900000000"), ("联系电话", "13911111111")),
        (PARENT | {"guardian_phone": "13911111111"},),
        remarks=("second_fact_differs",),
    ),
    Oddity(
        "ticks and crosses",
        book_of((*HEAD, "寄宿", "是否脱贫"), (*FIRST, "√", "×"), (*SECOND, "×", "√")),
        (
            PUPIL | {"is_boarder": True, "household_status": "未脱贫"},
            SISTER | {"is_boarder": False, "household_status": "已脱贫"},
        ),
    ),
    *(
        Oddity(
            f"an income written {words}",
            one_pupil(("认定类型", "单亲"), ("家庭人均年收入", words)),
            (PUPIL | {"main_type": "单亲家庭", "income_per_head": Decimal("2300.00")},),
            register=RECOGNISED,
        )
        for words in ("2300元", "2,300.00", "￥2300元/年", "0.23万元", 2300)
    ),
    Oddity(
        "特困 by what its column means",
        one_pupil(("认定类型", "特困"), ("困难等级", "特困")),
        (PUPIL | {"main_type": "特困救助供养学生", "grade": "特别困难"},),
        register=RECOGNISED,
    ),
    Oddity(
        "特困 as the household’s attribute",
        one_pupil(("贫困户属性", "特困")),
        (PUPIL | {"household_attribute": "特困供养户"},),
    ),
    Oddity(
        "relations with and without 之",
        book_of(
            (*HEAD, "与户主关系", "监护人与学生关系"),
            (*FIRST, "之孙", "爷爷"),
            (*SECOND, "长女", "父女关系"),
            ("第一小学", "一年级", "1班", "任小明", None, "之长子", "之父"),
        ),
        (
            PUPIL | {"relation_to_head": "孙子", "guardian_relation": "祖父"},
            SISTER | {"relation_to_head": "女", "guardian_relation": "父亲"},
            {
                "school": "第一小学",
                "class_grade": (Stage.PRIMARY, 1),
                "class_number": 1,
                "name": "任小明",
                "relation_to_head": "子",
                "guardian_relation": "父亲",
            },
        ),
    ),
    Oddity(
        "several types parted by blanks",
        one_pupil(("认定类型", "单亲"), ("其他类型", "低保 重病"), ("困难等级", "一般")),
        (
            PUPIL
            | {"main_type": "单亲家庭", "further_types": ("低保家庭学生", "重大疾病"), "grade": "一般困难"},
        ),
        register=RECOGNISED,
    ),
)
