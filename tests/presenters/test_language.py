"""English is complete: every text of the desk has one with the same places to fill, none is left over."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from console.presenters import words
from console.presenters.language import Tongue, english

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile("[\u3400-\u9fff]")
STAYS = {"中文", "东", "南", "西", "北", "由([东南西北])[向往]([东南西北])"}
"""The name of a language is written in that language; directions are read in what people wrote."""


def modules() -> list[Path]:
    """Every module whose texts are shown at the desk."""
    found = [*(ROOT / "console" / "presenters").glob("*.py"), *(ROOT / "widgets").glob("*.py")]
    return [path for path in found if not path.name.startswith("gallery")]


def docstrings(tree: ast.AST) -> set[ast.expr]:
    """The constants that stand alone: they are read by programmers."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def texts() -> Iterator[str]:
    """Every Chinese text in the code of the desk."""
    for path in modules():
        tree = ast.parse(path.read_text("utf-8"))
        silent = docstrings(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or node in silent:
                continue
            if isinstance(node.value, str) and CHINESE.search(node.value):
                yield node.value


def places(text: str) -> list[str]:
    """What is filled into a text: %1 of Qt, {name} of Python."""
    named = [name for _text, name, _spec, _kind in string.Formatter().parse(text) if name]
    return sorted(re.findall(r"%\d", text) + named)


def test_every_text_has_its_english_and_none_is_left_over() -> None:
    said, known = set(texts()) - STAYS, set(english())
    assert sorted(said - known) == []
    assert sorted(text for text in known - said if CHINESE.search(text)) == []


def test_english_fills_the_same_places_and_is_english() -> None:
    for chinese, translated in english().items():
        assert translated.strip(), chinese
        assert places(translated) == places(chinese), chinese
        assert not CHINESE.search(translated.replace("测", "")), chinese


def test_no_text_is_asked_for_before_the_language_is_known() -> None:
    """A ``tr`` on the level of a module would keep the language of the import."""
    early = [
        f"{path.name}:{call.lineno}"
        for path in modules()
        for statement in ast.parse(path.read_text("utf-8")).body
        if not isinstance(statement, (ast.FunctionDef, ast.ClassDef))
        for call in ast.walk(statement)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "tr"
    ]
    assert early == []


def test_widgets_and_presenters_speak_the_same_language(app: QApplication) -> None:
    tongue = Tongue(app)
    for language, wanted in (("en", "Evidence"), ("zh-CN", "证据"), ("en", "Evidence")):
        tongue.speak(language)
        assert words.tr("证据") == QCoreApplication.translate("AnyWidget", "证据") == wanted
    assert words.gloss(words.SCRIPT[next(iter(words.SCRIPT))])
    tongue.speak("zh-CN")
    assert words.gloss(words.SCRIPT[next(iter(words.SCRIPT))]) == ""
