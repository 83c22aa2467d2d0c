"""Checks the X12 files of a folder with pyx12 of PyPI: a line for each that does not hold, then their number."""

import io
import logging
import pathlib
import sys

import pyx12.params
import pyx12.x12n_document

messages = io.StringIO()
logging.basicConfig(stream=messages, level=logging.ERROR, format="%(message)s")
files = sorted(pathlib.Path(sys.argv[1]).iterdir())
for file in files:
    messages.truncate(messages.seek(0))
    acknowledgement = io.StringIO()
    holds = pyx12.x12n_document.x12n_document(pyx12.params.params(), str(file), acknowledgement, None)
    if not holds:
        print(file.name, messages.getvalue().strip(), acknowledgement.getvalue().replace("\n", ""))
print(len(files), "files")
