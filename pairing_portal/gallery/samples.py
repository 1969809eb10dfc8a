"""Made-up words for the gallery: everyday ones, and the longest that somebody might type."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from pairing_portal.accounts.models import KeptForm, User
from pairing_portal.lib.forms import EditConflict, FieldConflict
from pairing_portal.lib.navigation import NavGroup, NavItem, Step
from pairing_portal.lib.paging import Page
from pairing_portal.undo.models import ChangeSet

DAY = date(2018, 4, 12)
LONG_NAME = "阿卜杜拉提甫·买买提吐尔逊·艾合麦提江·热合木图拉"
LONG_SCHOOL = "榆林市府谷县清水川山区农村寄宿制九年一贯制中心学校附属第二教学点幼儿部"
LONG_TEXT = (
    "到家时奶奶在，父母在外地务工。孩子数学跟不上，晚上没人辅导；约好每周三、周五放学后在学校补一小时，"
    "并与班主任商量调整座位。家里住处离校七公里，下雪天走路不便，建议申请寄宿，家长说要再商量。"
) * 2


@dataclass(frozen=True)
class SampleRow:
    """One line of the sample list."""

    name: str
    school: str
    grade: str
    category: str
    teacher: str
    pupils: int
    last_visit: date | None
    kind: str
    words: str


@dataclass(frozen=True)
class SampleTab:
    """One part of a divided list."""

    key: str
    label: str
    count: int
    is_current: bool = False


@dataclass(frozen=True)
class SampleMessage:
    """What the portal says after something was done."""

    text: str
    level_tag: str

    def __str__(self) -> str:
        return self.text


ROWS = (
    SampleRow("苗沐阳", "中心小学", "三年级 2 班", "建档立卡", "折建国", 2, date(2018, 4, 3), "ok", "正常"),
    SampleRow(
        "王艺涵",
        "中心小学",
        "六年级 1 班",
        "低保家庭",
        "单秀英",
        5,
        date(2018, 1, 20),
        "attention",
        "82 天未联系",
    ),
    SampleRow("刘𬭎", "九年制学校", "八年级 3 班", "孤儿", "", 0, None, "fail", "未结对"),
    SampleRow(
        LONG_NAME,
        LONG_SCHOOL,
        "九年级 12 班",
        "事实无人抚养儿童、残疾学生",
        LONG_NAME,
        12,
        None,
        "none",
        "尚无记录",
    ),
)
CHANGES = tuple(
    ChangeSet(title=title, created_by=User(name=name), created_at=datetime(2018, 4, 12, 2, 30, tzinfo=UTC))
    for title, name in (("移交结对", "折建国"), ("移出名册", LONG_NAME))
)
PAGE: Page = Page(rows=[], total=1_000, is_capped=True, number=2, previous="?before=x", next="?after=x")

NAV = (
    NavGroup("", (NavItem("工作台", "#", "home", count=7),)),
    NavGroup(
        "学生与名册",
        (
            NavItem("学生", "#", "people", is_current=True),
            NavItem("名册导入", "#", "upload"),
            NavItem("班级", "#", "class"),
        ),
    ),
    NavGroup(
        "结对",
        (
            NavItem("结对名单", "#", "pair"),
            NavItem("未结对", "#", "unpaired", count=128),
            NavItem("领导小组", "#", "group"),
        ),
    ),
    NavGroup("家访", (NavItem("家访记录", "#", "visit"), NavItem("附件导出", "#", "sheet"))),
    NavGroup(
        "基础数据",
        (
            NavItem("学校", "#", "school"),
            NavItem("教师", "#", "teacher"),
            NavItem("活动年度", "#", "calendar"),
        ),
    ),
    NavGroup("账号与记录", (NavItem("账号", "#", "account"), NavItem("操作记录", "#", "log"))),
)
TABS = (
    NavItem("我的学生", "#", "people", is_current=True),
    NavItem("记录", "#", "visit"),
    NavItem("我的", "#", "person"),
)
ROW_TABS = (
    SampleTab("refused", "拒绝", 3),
    SampleTab("new", "新增", 128, is_current=True),
    SampleTab("unchanged", "不变", 1158),
)
# Far from its end, so that the dialog stays closed.
SESSION = {"idle": 30 * 60, "total": 12 * 60 * 60, "warning": 2 * 60}
MESSAGES = (
    SampleMessage("已保存 王艺涵 的记录。", "success"),
    SampleMessage("家访日期早于结对日期，按首次家访记录。", "warning"),
)
STEPS = (
    Step("学区信息", "done", "#", "名称、县级主管部门"),
    Step("学校", "done", "#", "已建 6 所"),
    Step("活动年度与四个阶段", "current", "#", "核对日期后保存"),
    Step("教师名单", "todo", "", "可以从表格导入"),
    Step("贫困学生名册", "todo"),
)
FACTS = (
    ("姓名", "王艺涵"),
    ("性别", "女"),
    ("学校", LONG_SCHOOL),
    ("年级班级", "六年级 1 班（寄宿）"),
    ("监护人", "王建国（祖父）"),
    ("家庭住址", "清水川乡石山则村第三村民小组沟口往里走三公里大槐树旁第二户" * 2),
    ("民族", "汉族"),
    ("入学日期", ""),
)
CRUMBS = (("工作台", "#"), ("学生", "#"))
KINDS = (
    ("ok", "正常"),
    ("attention", "逾期 12 天"),
    ("fail", "未结对"),
    ("none", "尚无记录"),
    ("new", "新增"),
)
ICONS = (
    "home person people pair unpaired visit school class teacher calendar clock account log list upload download",
    "search filter print ok attention fail none info new lock eye menu chevron left right arrow sort sort-up",
    "sort-down plus edit move end phone sheet book heart settings signout key group family",
)
POINTS = ("王艺涵将没有帮扶教师", "已有的 12 条家访记录保留")
KEPT_FORM = KeptForm(address="/", page="/", has_files=True, kept_at=datetime(2018, 4, 12, 1, 30, tzinfo=UTC))
CONFLICT = EditConflict(
    (
        FieldConflict("监护人电话", "13900000000", "13800000000"),
        FieldConflict("家庭情况", LONG_TEXT, "父母在外务工，由祖父照看。"),
    ),
    version=4,
)
