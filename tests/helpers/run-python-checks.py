"""Loads the check of each handler and shows it its requests. Cases come in, answers go out as JSON."""

import json
import os
import sys

answers = []
for case in json.load(open(sys.argv[1], encoding="utf-8")):
    os.environ[case["setting"]] = case["secret"]
    os.environ["PUBLIC_ORIGIN"] = "https://unused.example"
    compile(case["code"], case["name"], "exec")
    names = {}
    # The framework is not here: its imports, its app and its route are left out.
    code = "\n".join(line for line in case["code"].split("\n\napp = ")[0].splitlines() if not line.startswith(("from fastapi", "from flask")))
    exec(code, names)
    check = names["is_genuine"]
    for sample in case["samples"]:
        headers = {name.lower(): value for name, value in sample["headers"]}
        given = {
            "header": lambda name: headers.get(name.lower()),
            "method": "POST",
            "url": case["url"],
            "body": sample["body"].encode(),
        }
        arguments = [given[name] for name in check.__code__.co_varnames[: check.__code__.co_argcount]]
        fits = check(*arguments)
        answers.append({**{key: sample[key] for key in ("what", "isGenuine")}, "name": case["name"], "status": 200 if fits else 401})
print(json.dumps(answers))
