"""Runs HTTPie in this one process, for many commands: its own start takes longer than a request.

python run_httpie.py copies.json, where each folder holds the words of a command in args, each ended by a NUL, and its
input in stdin unless that was empty. Prints what went wrong with each.
"""

import json
import os
import sys

from httpie.context import Environment
from httpie.core import main


def run(copy):
    os.chdir(copy["folder"])
    with open("args", "rb") as words:
        args = [os.fsdecode(word) for word in words.read().split(b"\0")[:-1]]
    with open("stdin", "rb") as stdin, open("head.txt", "w+b") as head, open("errors", "w+") as errors:
        env = Environment(
            stdin=stdin, stdin_isatty=False, stdout=head, stdout_isatty=False, stderr=errors, stderr_isatty=False
        )
        status = main(["http", "--headers", "--timeout=30", *args], env=env)
        errors.seek(0)
        return None if status == 0 else f"{status} {errors.read()}"


def outcome(copy):
    try:
        return run(copy)
    except Exception as error:
        return repr(error)


with open(sys.argv[1], encoding="utf8") as copies:
    outcomes = [outcome(copy) for copy in json.load(copies)]
print(json.dumps(outcomes))
