"""A browser and its machine in two words, out of the long line by which browsers introduce themselves."""

# The first that fits: many name others that they resemble.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("QQBrowser", "QQ浏览器"),
    ("UCBrowser", "UC浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("VivoBrowser", "vivo浏览器"),
    ("HeyTapBrowser", "OPPO浏览器"),
    ("QIHU", "360浏览器"),
    ("360SE", "360浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("HarmonyOS", "鸿蒙手机"),
    ("OpenHarmony", "鸿蒙手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)


def device_words(user_agent: str) -> str:
    """Browser and machine, such as “Chrome，Windows 电脑”; the line itself, which tells more, is not kept."""
    names = [_first(BROWSERS, user_agent), _first(MACHINES, user_agent)]
    return "，".join(filter(None, names)) or "未知设备"


def _first(words: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for sign, name in words if sign in text), "")
