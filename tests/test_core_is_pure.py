"""The core must outlive MkDocs: it neither imports it nor needs it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "hooks" / "briefing"
MODULES = sorted(CORE.rglob("*.py"))
FORBIDDEN = {"mkdocs", "material", "mkdocs_bibtex", "materialx", "zensical", "pybtex", "build"}
BLOCK = f"""
import runpy, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(FORBIDDEN)!r}:
            raise ImportError(f"{{name}} is blocked")

sys.meta_path.insert(0, Blocker())
"""


def _imported(tree: ast.AST) -> set[str]:
    """Return the top-level modules that a module imports anywhere, even inside functions."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
        elif isinstance(node, ast.Call) and "import" in ast.unparse(node.func):
            words = [one.value for one in node.args if isinstance(one, ast.Constant)]
            found |= {str(word).partition(".")[0] for word in words}
    return found


def _run_without_mkdocs(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", BLOCK + code],
        cwd=ROOT,
        env={"PYTHONPATH": str(CORE.parent), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CORE).as_posix())
def test_module_imports_nothing_of_mkdocs(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert _imported(tree) & FORBIDDEN == set()


@pytest.mark.parametrize(
    "code",
    [
        "import mkdocs.utils",
        "from mkdocs_bibtex.plugin import BibTexPlugin as B",
        "def f():\n    from material import x",
        "importlib.import_module('mkdocs.config')",
        "__import__('pybtex')",
    ],
)
def test_forbidden_import_would_be_seen(code: str) -> None:
    assert _imported(ast.parse(code)) & FORBIDDEN


def test_blocked_modules_cannot_be_imported() -> None:
    done = _run_without_mkdocs("import mkdocs.config")
    assert "ImportError: mkdocs is blocked" in done.stderr


def test_core_can_be_imported_without_mkdocs() -> None:
    names = [path.relative_to(CORE.parent).with_suffix("") for path in MODULES]
    modules = [".".join(name.parts).removesuffix(".__init__") for name in names]
    imports = "\n".join(f"import {name}" for name in modules if not name.endswith("__main__"))
    done = _run_without_mkdocs(f"{imports}\nprint(len(sys.modules))\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > len(modules) > 20


def test_check_works_without_mkdocs() -> None:
    arguments = ["briefing", "check", "--root", "tests/small"]
    done = _run_without_mkdocs(
        f"sys.argv = {arguments!r}\nrunpy.run_module('briefing', run_name='__main__')"
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no findings: 15 claims on 11 pages, 3 sources, 3 extracts, ")
