"""YAML with the place of every key and value: front matter and mkdocs.yml."""

from __future__ import annotations

import importlib
import re
from typing import Any

import yaml
import yaml_env_tag

from briefing.findings import START, Position

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML 1.1, but of its words for yes and no only `true` and `false`: `on` is a key of ours."""


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    _BOOL, re.compile("(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


class _ConfigLoader(_Loader):
    """Also knows the tags that MkDocs allows in mkdocs.yml."""


def _python_name(loader: yaml.Loader, suffix: str, node: yaml.Node) -> Any:
    module, _, name = suffix.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        return None


_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_ConfigLoader.add_constructor("!relative", lambda loader, node: None)
_ConfigLoader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


class YamlError(Exception):
    """The text is not the YAML it should be; `position` counts from the start of the text."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(" ".join(message.split()))
        self.position = position


def read_yaml(text: str, *, tags: bool = True) -> tuple[Any, dict[Path, Position]]:
    """Return the data in a YAML text and the place of each key and list item, by its path.

    With `tags` those of mkdocs.yml are understood: `!ENV` (pyyaml_env_tag) and `!!python/name:`
    (resolved by import; None where the name is not there). MkDocs knows none in front matter.

    Raises YamlError where the text is not YAML, a value is not what its tag or form says, such as
    a date that does not exist, or one key is given twice.
    """
    places: dict[Path, Position] = {}
    try:
        loader = (_ConfigLoader if tags else _Loader)(text)
        node = loader.get_single_node()
        if node is None:
            return None, places
        _visit(loader, node, (), places, ())
        return loader.construct_document(node), places
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        position = Position(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise YamlError(str(error.reason), position) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else START
        raise YamlError(str(error.problem or error.context), position) from error
    except RecursionError as error:
        raise YamlError("it is nested too deeply", Position(loader.line + 1, 1)) from error


def _visit(
    loader: yaml.SafeLoader,
    node: yaml.Node,
    path: Path,
    places: dict[Path, Position],
    above: tuple[yaml.Node, ...],
) -> None:
    """Note the places of keys and items, and read each value, so that a bad one has its place."""
    if node in above:
        raise YamlError("it contains itself", _position(node))
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            _visit(loader, key_node, path, {}, (*above, node))
            here = (*path, str(key_node.value))
            if here in places:
                raise YamlError(f"the key {key_node.value!r} is given twice", _position(key_node))
            places[here] = _position(key_node)
            _visit(loader, value_node, here, places, (*above, node))
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            places[*path, index] = _position(item)
            _visit(loader, item, (*path, index), places, (*above, node))
    else:
        try:
            loader.construct_object(node)
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            kind = "date" if node.tag.endswith("timestamp") else node.tag.rpartition(":")[2]
            raise YamlError(f"{node.value!r} is not a {kind}", _position(node)) from error


def _position(node: yaml.Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)
