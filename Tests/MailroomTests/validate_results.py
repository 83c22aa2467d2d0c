"""Checks every result in a folder against the contract's JSON Schema; names each that breaks it."""

import json
import pathlib
import sys

import jsonschema

root = pathlib.Path(__file__).resolve().parents[2]
schema = json.loads((root / "Sources/Documents/document-result.schema.json").read_text())
validator = jsonschema.Draft202012Validator(schema)
broken = 0
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    for error in validator.iter_errors(json.loads(path.read_text())):
        broken += 1
        print(f"{path.name}: {error.json_path}: {error.message[:200]}")
sys.exit(1 if broken else 0)
