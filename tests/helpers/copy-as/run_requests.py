"""Runs copied Python programs one after the other. Prints what went wrong with each.

python3 run_requests.py [--compile-only] copies.json
"""

import contextlib
import io
import json
import os
import sys


def run(copy, compile_only):
    program = compile(copy["text"], "copy.py", "exec")
    if compile_only:
        return
    os.chdir(copy["folder"])
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(program, names)
    with open("head.txt", "w", encoding="latin1") as head:
        head.writelines(f"{name}: {value}\n" for name, value in names["response"].headers.items())


def outcome(copy):
    try:
        run(copy, "--compile-only" in sys.argv)
    except Exception as error:
        return repr(error)
    return None


with open(sys.argv[-1], encoding="utf8") as copies:
    outcomes = [outcome(copy) for copy in json.load(copies)]
print(json.dumps(outcomes))
