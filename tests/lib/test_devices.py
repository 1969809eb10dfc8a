"""A browser's long line becomes two words."""

import pytest

from pairing_portal.lib.devices import device_words

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (f"{WINDOWS}Chrome/140.0.0.0 Safari/537.36", "Chrome，Windows 电脑"),
        (f"{WINDOWS}Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge，Windows 电脑"),
        (f"{IPHONE}Version/18.0 Mobile/15E148 Safari/604.1", "Safari，苹果手机"),
        (f"{IPHONE}Mobile/15E148 MicroMessenger/8.0.50", "微信，苹果手机"),
        ("Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/114 HuaweiBrowser/15", "华为浏览器，鸿蒙手机"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox，Linux 电脑"),
        ("curl/8.0", "未知设备"),
        ("", "未知设备"),
        ("<b>" * 500, "未知设备"),
    ],
)
def test_device_is_named_in_words(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words
