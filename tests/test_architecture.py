"""The numbers and the bans that keep the house small, held by one reading of the sources."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

import pytest

ROOT: Final = Path(__file__).parent.parent
ROOMS: Final = ("anima", "persona", "memory", "backend", "bots", "voice", "forge", "service")

BROAD_EXCEPTS: Final = {
    "anima/attend.py": "around one turn",
    "service/schedule.py": "around one scheduled job",
    "service/commands/run.py": "around one command",
}
EMPTY_NAMES: Final = r"(utils?|helpers?|commons?|bases?|managers?|handlers?|processors?)"
MUTABLE_TYPES: Final = frozenset(
    ("list", "dict", "set", "bytearray", "defaultdict", "deque", "Counter", "OrderedDict")
)
READ_ONLY: Final = re.compile(r"\b(Final|Mapping|Sequence|Set|tuple|frozenset)\b")
OWNERLESS: Final = re.compile(r"(^asyncio|loop|loop\(\))\.create_task$|\b(ensure_future|gather)$")

N = TypeVar("N", bound=ast.AST)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One file of Python: its path from the root, its number of lines, its syntax tree."""

    path: str
    lines: int
    tree: ast.Module

    @property
    def module(self) -> str:
        """The name under which it is imported."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def says_something(self) -> bool:
        """Whether it is more than the docstring of a package."""
        return len(self.tree.body) > 1

    @cached_property
    def _kinds(self) -> dict[type[ast.AST], list[Any]]:
        """Every node by its kind: to walk the tree takes longer than any rule does."""
        kinds: dict[type[ast.AST], list[Any]] = {}
        for node in ast.walk(self.tree):
            kinds.setdefault(type(node), []).append(node)
        return kinds

    def nodes(self, *kinds: type[N]) -> Iterator[N]:
        """Every node of these *kinds*."""
        return (node for kind in kinds for node in self._kinds.get(kind, ()))

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
        """Where *node* stands, to click on."""
        return f"{self.path}:{node.lineno}"


def source(path: str, text: str) -> Source:
    """*text* as the file at *path*."""
    return Source(path, len(text.splitlines()), ast.parse(text, path))


def sources(folder: str) -> list[Source]:
    """Every file of Python below *folder*."""
    return [
        source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / folder).rglob("*.py"))
    ]


@cache
def product() -> tuple[Source, ...]:
    """The product's rooms, as many as are built."""
    return tuple(one for room in ROOMS for one in sources(room))


@cache
def proofs() -> tuple[Source, ...]:
    """Everything below tests."""
    return tuple(sources("tests"))


def found(rule: Callable[[Source], Iterable[str]], where: Iterable[Source]) -> str:
    """All that *rule* finds, a line each; empty when there is nothing."""
    return "\n".join(offence for one in where for offence in rule(one))


def p90(numbers: Sequence[int]) -> int:
    """Nine in ten are at most this."""
    return sorted(numbers)[ceil(0.9 * len(numbers)) - 1]


def functions(one: Source) -> Iterator[Function]:
    """Every function and method, the inner ones too."""
    return one.nodes(ast.FunctionDef, ast.AsyncFunctionDef)


def length(function: Function) -> int:
    """Lines from def to the last, docstring included."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def longest(sizes: Iterable[tuple[int, str]], count: int = 10) -> str:
    """The first to look at."""
    return "\n".join(f"{size:5} {where}" for size, where in sorted(sizes, reverse=True)[:count])


def untyped(one: Source) -> Iterator[str]:
    """Functions of which an argument or the return is not annotated."""
    for function in functions(one):
        arguments = function.args
        named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        starred = [each for each in (arguments.vararg, arguments.kwarg) if each]
        missing = [
            each.arg
            for each in (*named, *starred)
            if each.annotation is None and each.arg not in {"self", "cls"}
        ]
        if missing or function.returns is None:
            yield f"{one.at(function)} {function.name}: {', '.join(missing) or 'the return'}"


def is_for_types_alone(node: ast.AST) -> bool:
    """Whether *node* is a block that only a type checker reads."""
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: no bodies of functions, nothing for types alone."""
    for child in ast.iter_child_nodes(node):
        later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if not later and not is_for_types_alone(child):
            yield child
            yield from at_import(child)


def imported(one: Source, modules: frozenset[str]) -> set[str]:
    """Which of *modules* must be there before this one."""
    needed = set[str]()
    for node in at_import(one.tree):
        if isinstance(node, ast.Import):
            needed |= {alias.name for alias in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = {f"{node.module}.{alias.name}" for alias in node.names} & modules
            needed |= names or ({node.module} & modules)
    return needed


def cycle(where: Sequence[Source]) -> list[str]:
    """Modules that need each other at import, or nothing."""
    modules = frozenset(one.module for one in where)
    graph = {one.module: imported(one, modules) for one in where}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def is_broad(kind: ast.expr | None) -> bool:
    """Whether an except of this *kind* catches what nobody foresaw."""
    if isinstance(kind, ast.Tuple):
        return any(is_broad(each) for each in kind.elts)
    return kind is None or ast.unparse(kind) in {"Exception", "BaseException"}


def broad_excepts(one: Source) -> Iterator[str]:
    """Where anything at all is caught: by an except, or by suppress."""
    for handler in one.nodes(ast.ExceptHandler):
        if is_broad(handler.type):
            yield one.at(handler)
    for call in one.nodes(ast.Call):
        if ast.unparse(call.func).endswith("suppress") and any(map(is_broad, call.args)):
            yield one.at(call)


def broad_excepts_elsewhere(one: Source) -> Iterator[str]:
    """All broad excepts but the one of each named place."""
    caught = list(broad_excepts(one))
    return iter(caught[1:] if one.path in BROAD_EXCEPTS else caught)


def ownerless_tasks(one: Source) -> Iterator[str]:
    """Tasks that no TaskGroup waits for."""
    for call in one.nodes(ast.Call):
        if OWNERLESS.search(ast.unparse(call.func)):
            yield f"{one.at(call)} {ast.unparse(call.func)}"
    for line in one.nodes(ast.ImportFrom):
        names = {alias.name for alias in line.names}
        if line.module == "asyncio" and names & {"create_task", "ensure_future", "gather"}:
            yield f"{one.at(line)} {ast.unparse(line)}"


def globals_changed(one: Source) -> Iterator[str]:
    """Functions that change what the module holds."""
    return (f"{one.at(node)} {ast.unparse(node)}" for node in one.nodes(ast.Global))


def is_mutable(value: ast.expr | None) -> bool:
    """Whether *value* makes something that can be changed later."""
    literals = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    if isinstance(value, ast.Call):
        name = ast.unparse(value.func).partition("[")[0].rpartition(".")[2]
        return name in MUTABLE_TYPES
    return isinstance(value, literals)


def module_state(one: Source) -> Iterator[str]:
    """Lists, dicts and sets of a module that are not typed as read-only."""
    for node in at_import(one.tree):
        if isinstance(node, ast.Assign) and is_mutable(node.value):
            target, read_only = ast.unparse(node.targets[0]), False
        elif isinstance(node, ast.AnnAssign) and is_mutable(node.value):
            target = ast.unparse(node.target)
            read_only = bool(READ_ONLY.search(ast.unparse(node.annotation)))
        else:
            continue
        if not read_only and target != "__all__" and node.col_offset == 0:
            yield f"{one.at(node)} {target}"


def empty_names(one: Source) -> Iterator[str]:
    """Modules and folders whose name says nothing."""
    words = [word for part in one.module.split(".") for word in part.split("_")]
    if any(re.fullmatch(EMPTY_NAMES, word) for word in words):
        yield one.path


def undocumented(one: Source) -> Iterator[str]:
    """Modules, and public classes and functions at their top, that promise nothing."""
    if ast.get_docstring(one.tree) is None:
        yield one.path
    for node in one.tree.body:
        if (
            isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ):
            yield f"{one.at(node)} {node.name}"


def each_test(one: Source) -> Iterator[Function]:
    """The tests in a file."""
    return (each for each in functions(one) if each.name.startswith("test_"))


def unexplained_tests(one: Source) -> Iterator[str]:
    """Tests that do not say what they prove."""
    for test in each_test(one):
        if ast.get_docstring(test) is None:
            yield f"{one.at(test)} {test.name}"


def mocks(one: Source) -> Iterator[str]:
    """Imports of mock, and patches of attributes."""
    for line in one.nodes(ast.Import, ast.ImportFrom):
        if re.search(r"\bmock\b", ast.unparse(line)):
            yield f"{one.at(line)} {ast.unparse(line)}"
    for call in one.nodes(ast.Call):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "setattr":
            yield f"{one.at(call)} {ast.unparse(call.func)}"


def test_files_are_short() -> None:
    """The median file has at most 100 lines, nine in ten at most 200."""
    sizes = [(one.lines, one.path) for one in product() if one.says_something]

    numbers = [lines for lines, _ in sizes]

    assert median(numbers) <= 100, longest(sizes)
    assert p90(numbers) <= 200, longest(sizes)


def test_functions_are_short() -> None:
    """The median function has at most 7 lines, nine in ten at most 25."""
    sizes = [
        (length(function), f"{one.at(function)} {function.name}")
        for one in product()
        for function in functions(one)
    ]

    numbers = [lines for lines, _ in sizes]

    assert median(numbers) <= 7, longest(sizes)
    assert p90(numbers) <= 25, longest(sizes)


def test_everything_is_typed() -> None:
    """Every argument and every return is annotated."""
    offences = found(untyped, product())

    assert not offences, offences


def test_no_module_needs_itself() -> None:
    """No import leads back to where it began."""
    circle = cycle(product())

    assert not circle, " needs ".join(circle)


def test_broad_excepts_are_in_three_places() -> None:
    """Whatever went wrong is caught around one turn, one job and one command, nowhere else."""
    offences = found(broad_excepts_elsewhere, product())

    assert len(BROAD_EXCEPTS) == 3
    assert not offences, offences


def test_every_task_has_an_owner() -> None:
    """Tasks are begun in a TaskGroup; neither the loop nor asyncio begins one, nor gather."""
    offences = found(ownerless_tasks, product())

    assert not offences, offences


def test_no_function_changes_its_module() -> None:
    """There is no global statement."""
    offences = found(globals_changed, product())

    assert not offences, offences


def test_modules_hold_no_mutable_state() -> None:
    """What a module holds is a constant, and typed as one."""
    offences = found(module_state, product())

    assert not offences, offences


def test_names_say_what_is_inside() -> None:
    """No module or folder is called utils, helpers, common, base, manager, handler, processor."""
    offences = found(empty_names, (*product(), *proofs()))

    assert not offences, offences


def test_public_things_say_what_they_promise() -> None:
    """Each module, and each public class and function in it, has a docstring."""
    offences = found(undocumented, product())

    assert not offences, offences


def test_each_test_says_what_it_proves() -> None:
    """Each test has a docstring."""
    offences = found(unexplained_tests, proofs())

    assert not offences, offences


def test_there_is_more_proof_than_code() -> None:
    """Tests have at least 1.2 lines for each line of the product."""
    code = sum(one.lines for one in product())

    proof = sum(one.lines for one in proofs())

    assert proof >= 1.2 * code, f"{proof} lines of tests for {code} of code"


def test_nothing_is_mocked() -> None:
    """Tests pass fakes: no mock is imported, and at most one test in twenty patches something."""
    count = sum(1 for one in proofs() for _ in each_test(one))

    patches = found(mocks, proofs()).splitlines()

    assert not [line for line in patches if "import" in line], "\n".join(patches)
    assert len(patches) <= 0.05 * count, "\n".join(patches)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (untyped, "def f(x) -> int: ...\n"),
        (untyped, "def f(x: int): ...\n"),
        (untyped, "def f(*x, **y) -> None: ...\n"),
        (broad_excepts, "try: f()\nexcept: pass\n"),
        (broad_excepts, "try: f()\nexcept (OSError, Exception): pass\n"),
        (broad_excepts, "with contextlib.suppress(BaseException): f()\n"),
        (ownerless_tasks, "asyncio.create_task(f())\n"),
        (ownerless_tasks, "self._loop.create_task(f())\n"),
        (ownerless_tasks, "asyncio.get_running_loop().create_task(f())\n"),
        (ownerless_tasks, "async def f() -> None: await asyncio.gather(g())\n"),
        (ownerless_tasks, "from asyncio import ensure_future\n"),
        (globals_changed, "def f() -> None:\n    global x\n"),
        (module_state, "seen = set()\n"),
        (module_state, "names: dict[str, int] = {}\n"),
        (module_state, "held = collections.OrderedDict[int, str]()\n"),
        (undocumented, "x = 1\n"),
        (undocumented, '"""A module."""\nclass C: ...\n'),
        (unexplained_tests, "def test_f() -> None: ...\n"),
        (mocks, "from unittest import mock\n"),
        (mocks, "from unittest.mock import Mock\n"),
        (mocks, "def test_f(monkeypatch: M) -> None: monkeypatch.setattr(a, 'b', c)\n"),
    ],
)
def test_each_rule_finds_what_it_is_for(rule: Callable[[Source], Iterable[str]], text: str) -> None:
    """What a rule forbids is found, with its place."""
    offences = list(rule(source("anima/example.py", text)))

    assert len(offences) == 1
    assert offences[0].startswith("anima/example.py")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (untyped, "class C:\n    def f(self, x: int = 1) -> int: ...\n"),
        (broad_excepts, "try: f()\nexcept (OSError, ValueError): pass\n"),
        (broad_excepts_elsewhere, "try: f()\nexcept ExceptionGroup: raise\n"),
        (ownerless_tasks, "async def f() -> None: tasks.create_task(g())\n"),
        (module_state, "names: Final = {'a': 1}\n"),
        (module_state, "names: Mapping[str, int] = {}\n"),
        (module_state, "names = ('a', 'b')\n"),
        (module_state, "__all__ = ['a']\n"),
        (module_state, "class C:\n    fields: list[int] = []\n"),
        (module_state, "def f() -> None:\n    found = []\n"),
        (undocumented, '"""A module."""\ndef _f() -> None: ...\n'),
    ],
)
def test_no_rule_finds_more(rule: Callable[[Source], Iterable[str]], text: str) -> None:
    """What is allowed is left alone."""
    offences = list(rule(source("anima/example.py", text)))

    assert offences == []


@pytest.mark.parametrize("path", ["anima/utils.py", "bots/base/x.py", "memory/redis_helpers.py"])
def test_an_empty_name_is_found(path: str) -> None:
    """The banned words are found in a file's name, in a folder's and inside a longer one."""
    offences = list(empty_names(source(path, "")))

    assert [path] == offences


def test_a_cycle_is_found() -> None:
    """Two modules that import each other when imported are named; types and late imports do not."""
    one = source("anima/one.py", "from anima import two\n")
    two = source("anima/two.py", "import anima.one\n")
    late = source("anima/two.py", "def f() -> None:\n    import anima.one\n")
    typed = source("anima/two.py", "if TYPE_CHECKING:\n    import anima.one\n")

    circles = [cycle([one, other]) for other in (two, late, typed)]

    assert {"anima.one", "anima.two"} == set(circles[0])
    assert [[], []] == circles[1:]


def test_ninety_percent_is_counted_whole() -> None:
    """Of ten numbers nine are at most the ninth."""
    assert p90(range(1, 11)) == 9
