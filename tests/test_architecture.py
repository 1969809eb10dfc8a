"""The rules of the house that a reader should not have to check."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from tests.source_tree import (
    ARROW,
    COMMANDS,
    FRAME,
    PAGES,
    ROOT,
    Module,
    app_of,
    code_modules,
    lines_matching,
    modules,
    project_files,
    room_of,
    templates,
)

FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "mixins", "signals"}
FUNCTION_LINES, MODULE_LINES, TEMPLATE_LINES = 25, 300, 120
# Lists, not logic: each entry says why it may be longer.
LONG_FUNCTIONS: dict[str, str] = {}
LONG_MODULES: dict[str, str] = {}
LONG_TEMPLATES: dict[str, str] = {}
# What any floor may take from the frame.
FRAME_FOR_ALL = {"pairing_portal.places"}
# Folders of tests about the whole house.
ACROSS_APPS = {"access", "browser"}
CLOCKS = {"localdate", "today", "now", "utcnow"}
MAY_READ_THE_CLOCK = {
    "pairing_portal.audit.actions": "an event's instant is the log's own, never a caller's",
    "pairing_portal.accounts.sessions": "Django's middleware saves sessions, and passes the store no time",
}


def test_domain_imports_only_downwards() -> None:
    wrong = [
        f"{module.name} imports {imported}"
        for module in code_modules()
        if (app := app_of(module.name)) and room_of(module.name) not in PAGES | {COMMANDS}
        for imported in module.imports
        if (other := app_of(imported)) and ARROW.index(other) > ARROW.index(app)
    ]
    assert wrong == []


def test_pages_are_imported_by_no_other_app() -> None:
    wrong = [
        f"{module.name} imports {imported}"
        for module in code_modules()
        for imported in module.imports
        if room_of(imported) in PAGES and not _same_page_floor(module, imported)
    ]
    assert wrong == []


def _same_page_floor(module: Module, imported: str) -> bool:
    return app_of(module.name) == app_of(imported) and room_of(module.name) in PAGES


def test_apps_know_nothing_of_the_frame() -> None:
    wrong = [
        f"{module.name} imports {imported}"
        for module in code_modules()
        if app_of(module.name)
        for imported in module.imports
        if imported.startswith(f"{FRAME}.") and not app_of(imported)
        if not imported.startswith(tuple(FRAME_FOR_ALL))
    ]
    assert wrong == []


def test_no_import_hides_inside_a_function() -> None:
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in [*code_modules(), *modules("tests", "benchmarks")]
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_only_the_edge_asks_what_day_it_is() -> None:
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in code_modules()
        if app_of(module.name) and room_of(module.name) not in PAGES | {COMMANDS}
        if module.name not in MAY_READ_THE_CLOCK
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS
        if isinstance(node.value, ast.Name) and node.value.id in {"timezone", "date", "datetime"}
    ]
    assert wrong == []


def test_file_names_say_what_is_inside() -> None:
    named = [*code_modules(), *modules("tests", "benchmarks")]
    assert [module.name for module in named if FORBIDDEN_NAMES & set(module.name.split("."))] == []


def test_functions_stay_short() -> None:
    long = {
        f"{module.name}.{function.name}": lines
        for module in [*code_modules(), *modules("tests")]
        for function in module.functions
        if (lines := _lines_without_docstring(function)) > FUNCTION_LINES
    }
    assert long.keys() == LONG_FUNCTIONS.keys(), long


def _lines_without_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_modules_stay_short() -> None:
    long = {
        module.name: lines
        for module in [*code_modules(), *modules("tests", "benchmarks")]
        if (lines := module.text.count("\n")) > MODULE_LINES
    }
    assert long.keys() == LONG_MODULES.keys(), long


def test_templates_stay_short() -> None:
    long = {
        str(path.relative_to(ROOT / "templates")): lines
        for path in templates()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > TEMPLATE_LINES
    }
    assert long.keys() == LONG_TEMPLATES.keys(), long


def test_templates_hold_no_inline_script_style_or_raw_html() -> None:
    inline = re.compile(
        r"""\sstyle\s*=|<style|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|javascript:|\|\s*safe\b|autoescape off""",
        re.IGNORECASE,
    )
    assert [line for path in templates() for line in lines_matching(path, inline)] == []


def test_silenced_checks_give_their_reason() -> None:
    marker = r"#\s*(?:type:\s*ignore(?:\[[\w, -]*\])?|noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?)"
    reason = r"\W*\w+\W+\w+"
    silenced = re.compile(rf"{marker}(?!{reason})|mark_safe\(")
    checked = [*code_modules(), *modules("tests", "benchmarks")]
    own_words = ROOT / "tests" / "test_architecture.py"
    wrong = [
        line for each in checked if each.path != own_words for line in lines_matching(each.path, silenced)
    ]
    assert wrong == []


def test_files_name_no_machine_and_no_registry() -> None:
    hosts = (
        "py" + "pi.org",
        "python" + "hosted",
        "registry.npm" + "js",
        "mirrors.al" + "iyun",
        "tuna.tsing" + "hua",
    )
    places = ["\\.\\./sha" + "red", r"(?<![\w.}])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me|Us" + r"ers)/\w"]
    pattern = re.compile("|".join([*map(re.escape, hosts), *places]))
    assert [line for path in _text_files() for line in lines_matching(path, pattern)] == []


def _text_files() -> Iterator:
    binary = {".xls", ".xlsx", ".ttf", ".png", ".jpg", ".ico", ".pdf", ".docx", ".woff2"}
    return (path for path in project_files() if path.suffix not in binary)


def test_tests_mirror_the_apps() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").glob("*/**/test_*.py")
        if path.relative_to(ROOT).parts[1] not in ACROSS_APPS
        and not _mirrors_a_room(path.relative_to(ROOT / "tests").parts)
    ]
    assert wrong == []


def _mirrors_a_room(parts: tuple[str, ...]) -> bool:
    """`lib/workbooks/test_cells.py` mirrors `lib/workbooks/cells.py`; `test_views_import.py` mirrors `views`."""
    tops = [app for app in ARROW if app.split(".")[-1] == parts[0]]
    if not tops:
        return False
    folder = ROOT.joinpath(*tops[0].split("."), *parts[1:-1])
    subject = parts[-1].removeprefix("test_").removesuffix(".py")
    rooms = [path.stem for path in folder.glob("*") if path.suffix == ".py" or path.is_dir()]
    return any(subject == room or subject.startswith(f"{room}_") for room in rooms)


def _own_models() -> list:
    return [model for model in apps.get_models() if app_of(model.__module__)]


def test_models_say_what_they_are() -> None:
    wrong = [
        model.__name__ for model in _own_models() if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert wrong == []


def test_models_have_one_order() -> None:
    wrong = [
        model.__name__
        for model in _own_models()
        if not model._meta.ordering or str(model._meta.ordering[-1]).lstrip("-") not in {"pk", "id"}
    ]
    assert wrong == []
