"""YAML with the place of every key and value.

Reads front matter and mkdocs.yml. MkDocs' own tags are understood: `!ENV` (pyyaml_env_tag) and
`!!python/name:` (resolved by import; None where the name is not there).
"""

from __future__ import annotations

import importlib
import re
from typing import Any

import yaml
import yaml_env_tag

from briefing.findings import Position

Path = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """A safe loader that also knows the tags that mkdocs.yml may hold.

    Of YAML 1.1's words for yes and no it takes `true` and `false` only: `on` is a key of ours.
    """


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    _BOOL, re.compile("(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def _python_name(loader: yaml.Loader, suffix: str, node: yaml.Node) -> Any:
    module, _, name = suffix.rpartition(".")
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        return None


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _python_name)
_Loader.add_constructor("!relative", lambda loader, node: None)
_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)


class YamlError(Exception):
    """The text is not the YAML it should be; `position` counts from the start of the text."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.position = position


def read_yaml(text: str) -> tuple[Any, dict[Path, Position]]:
    """Return the data in a YAML text and the place of each key and list item, by its path.

    Raises YamlError where the text is not YAML, holds a date that does not exist, or gives one
    key twice.
    """
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        places: dict[Path, Position] = {}
        if node is None:
            return None, places
        _note_places(node, (), places)
        return loader.construct_document(node), places
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        position = Position(mark.line + 1, mark.column + 1) if mark else Position(1, 1)
        raise YamlError(str(error.problem or error.context), position) from error
    except yaml.YAMLError as error:
        raise YamlError(str(error).splitlines()[0], Position(1, 1)) from error
    finally:
        loader.dispose()


def _note_places(node: yaml.Node, path: Path, places: dict[Path, Position]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            here = (*path, str(key_node.value))
            position = _position(key_node)
            if here in places:
                raise YamlError(f"the key {key_node.value!r} is given twice", position)
            places[here] = position
            _note_places(value_node, here, places)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            places[*path, index] = _position(item)
            _note_places(item, (*path, index), places)
    elif isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        try:
            yaml.SafeLoader.construct_yaml_timestamp(_Loader(""), node)
        except ValueError as error:
            raise YamlError(f"{node.value!r} is not a date: {error}", _position(node)) from error


def _position(node: yaml.Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)
