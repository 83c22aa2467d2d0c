"""Reads the X12 files of a folder with pyx12 of PyPI, without a map: a line for each whose envelopes, counts, numbers or
levels (HL) do not hold, then their number."""

import logging
import pathlib
import sys

import pyx12.x12file

logging.disable(logging.CRITICAL)
files = sorted(pathlib.Path(sys.argv[1]).iterdir())
for file in files:
    with pyx12.x12file.X12Reader(str(file)) as reader:
        errors = []
        for _ in reader:
            errors += reader.pop_errors()
        reader.cleanup()
        errors += reader.pop_errors()
    if errors:
        print(file.name, errors)
print(len(files), "files")
