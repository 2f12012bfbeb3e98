"""Makes banyan_client/generated from the description of a running server: types, calls, and the route of each operation."""

from __future__ import annotations

import json
import keyword
import os
import sys
import urllib.request
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "banyan_client" / "generated"
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}

Json = dict[str, Any]


def read() -> tuple[str, Json]:
    url = os.environ.get("BANYAN_URL", "http://127.0.0.1:8080")
    source = os.environ.get("BANYAN_OPENAPI", f"{url}/openapi.json")
    if len(sys.argv) > 1:
        source = sys.argv[1]
    if not source.startswith("http"):
        return source, json.loads(Path(source).read_text("utf-8"))
    with urllib.request.urlopen(source) as answer:
        return source, json.load(answer)


class Description:
    def __init__(self, api: Json) -> None:
        self.api = api
        self.operations: dict[str, tuple[str, str, Json]] = {
            operation["operationId"]: (method.upper(), path, operation)
            for path, item in api["paths"].items()
            for method, operation in item.items()
        }

    def found(self, part: Json) -> Json:
        while "$ref" in part:
            _, _, kind, name = part["$ref"].split("/")
            part = self.api["components"][kind][name]
        return part

    def parameters(self, operation: Json, place: str) -> list[Json]:
        found = (self.found(one) for one in operation.get("parameters", []))
        return [one for one in found if one["in"] == place]

    def answer(self, operation: Json) -> Json | None:
        """Returns the schema of a success; None if it has no JSON."""
        for status in ("200", "201", "202"):
            response = self.found(operation["responses"].get(status, {}))
            content = response.get("content", {})
            if "application/json" in content:
                return content["application/json"].get("schema", {})
        return None

    def unwrapped(self, schema: Json) -> list[Json]:
        """Takes envelopes off; several answers are possible."""
        whole = self.found(schema)
        for kind in ("anyOf", "oneOf"):
            if kind in whole:
                return [one for part in whole[kind] for one in self.unwrapped(part)]
        properties = whole.get("properties", {})
        return [properties["data"]] if {"success", "data"} <= properties.keys() else [schema]

    def item(self, schema: Json) -> str:
        for property in self.found(self.unwrapped(schema)[0]).get("properties", {}).values():
            if "array" in kinds(property):
                return typed(property["items"])
        return "Any"


def kinds(schema: Json) -> list[str]:
    kind: Any = schema.get("type", [])
    return [kind] if isinstance(kind, str) else kind


def typed(schema: Json) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    for several in ("anyOf", "oneOf"):
        if several in schema:
            return union(typed(one) for one in schema[several])
    if "enum" in schema:
        return f"Literal[{', '.join(repr(word) for word in schema['enum'])}]"
    return union(of_kind(kind, schema) for kind in kinds(schema)) or "Any"


def of_kind(kind: str, schema: Json) -> str:
    if kind == "array":
        return f"list[{typed(schema.get('items', {}))}]"
    if kind == "object":
        return "dict[str, Any]"
    return SCALARS[kind]


def union(types: Any) -> str:
    return " | ".join(dict.fromkeys(types))


def record(name: str, fields: dict[str, Json], required: list[str]) -> str:
    types = {
        field: typed(schema) if field in required else f"NotRequired[{typed(schema)}]" for field, schema in fields.items()
    }
    if any(keyword.iskeyword(field) or not field.isidentifier() for field in fields):
        lines = ",\n".join(f"        {field!r}: {kind!r}" for field, kind in types.items())
        return f"{name} = TypedDict(\n    {name!r},\n    {{\n{lines},\n    }},\n)\n"
    lines = "\n".join(f"    {field}: {kind}" for field, kind in types.items())
    return f"class {name}(TypedDict):\n{lines or '    pass'}\n"


def types(description: Description) -> str:
    parts: list[str] = []
    for name, schema in description.api["components"]["schemas"].items():
        if "properties" in schema:
            parts.append(record(name, schema["properties"], schema.get("required", [])))
        else:
            parts.append(f"{name}: TypeAlias = {typed(schema)!r}\n")
    code = description.found({"$ref": "#/components/schemas/Error"})["properties"]["code"]
    parts.append(f"ErrorCode: TypeAlias = {typed(code)!r}\n")
    for name, (_, _, operation) in description.operations.items():
        for place in ("path", "query"):
            parameters = description.parameters(operation, place)
            if parameters:
                fields = {one["name"]: one.get("schema", {}) for one in parameters}
                needed = [one["name"] for one in parameters if one.get("required")]
                parts.append(record(record_name(name, place), fields, needed))
    imports = "from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypeAlias, TypedDict\n"
    return imports + "\n\n" + "\n\n".join(parts)


def record_name(operation: str, place: str) -> str:
    return f"{operation[0].upper()}{operation[1:]}{place.capitalize()}"


def calls(description: Description) -> str:
    lines = [
        "from __future__ import annotations",
        "",
        "from collections.abc import Iterator",
        "from typing import Any, Literal, Protocol, overload",
        "",
        "from .types import *",
        "",
        "",
        "class Call(Protocol):",
    ]
    paged: list[str] = []
    for name, (_, _, operation) in description.operations.items():
        schema = description.answer(operation)
        result = "Any" if schema is None else union(typed(one) for one in description.unwrapped(schema))
        lines += ["    @overload", f"    def __call__({arguments(description, name, operation)}) -> {result}: ..."]
        if is_paged(description, operation) and schema is not None:
            item = description.item(schema)
            paged += ["    @overload", f"    def __call__({arguments(description, name, operation)}) -> Iterator[{item}]: ..."]
    return "\n".join([*lines, "", "", "class Pages(Protocol):", *paged, ""])


def arguments(description: Description, name: str, operation: Json) -> str:
    given = ["self", f'operation: Literal["{name}"]', "/", "*"]
    for place in ("path", "query"):
        parameters = description.parameters(operation, place)
        if parameters:
            is_required = any(one.get("required") for one in parameters)
            given.append(f"{place}: {record_name(name, place)}" + ("" if is_required else " = ..."))
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        given.append(f"body: {typed(content['application/json'].get('schema', {}))}")
    given.append("idempotency_key: str | None = None")
    return ", ".join(given)


def is_paged(description: Description, operation: Json) -> bool:
    return any(one["name"] == "after" for one in description.parameters(operation, "query"))


def routes(description: Description) -> str:
    lines = ["from __future__ import annotations", "", "# method, path, path for keys, whether it takes Idempotency-Key"]
    lines.append("ROUTES: dict[str, tuple[str, str, str, bool]] = {")
    for name, (method, path, operation) in description.operations.items():
        headers = [one["name"] for one in description.parameters(operation, "header")]
        key_path = operation.get("x-api-key-path", path)
        lines.append(f"    {name!r}: ({method!r}, {path!r}, {key_path!r}, {'Idempotency-Key' in headers}),")
    return "\n".join([*lines, "}", ""])


def main() -> None:
    source, api = read()
    description = Description(api)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "__init__.py").write_text("", "utf-8")
    (FOLDER / "types.py").write_text(types(description), "utf-8")
    (FOLDER / "calls.py").write_text(calls(description), "utf-8")
    (FOLDER / "routes.py").write_text(routes(description), "utf-8")
    print(f"{len(description.operations)} operations from {source}")


if __name__ == "__main__":
    main()
