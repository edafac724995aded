import { readFileSync } from "node:fs";
import { binFlag, openBin } from "../bin-access.ts";
import { defineCommand } from "../command.ts";
import { usageError } from "../exit.ts";
import { jsonFlag, quietFlag } from "../shared-flags.ts";
import { runScenarios } from "../scenario/run.ts";

export const scenarioCommand = defineCommand({
  name: "scenario",
  summary: "send events, make calls, and check what is answered",
  usage: "run FILE|NAME...",
  choices: ["run"],
  flags: {
    env: { type: "string", value: "NAME", says: "the environment whose variables count" },
    var: {
      type: "string",
      value: "NAME=VALUE",
      multiple: true,
      says: "a variable; secret ones go by HOOKLENS_VAR_NAME",
    },
    junit: { type: "string", value: "FILE", says: "the report for a build server" },
    resign: {
      type: "boolean",
      says: "sign events again here, with the secret of HOOKLENS_SECRET or hooklens.yml",
    },
    config: { type: "string", value: "FILE", says: "where `secrets` stand (hooklens.yml)" },
    ...binFlag,
    ...jsonFlag,
    ...quietFlag,
  },
  notes: [
    "A file of the repository, or the name of one that the bin keeps. Everything is sent from this machine. Exit code 10: something was not as expected.",
  ],
  examples: [
    { line: "hooklens scenario run tests/paid.yml --env local --junit report.xml", says: "" },
  ],
  async run({ values, words: [verb, ...names], io }) {
    if (verb !== "run" || names.length === 0) {
      throw usageError(
        "Which scenario? `hooklens scenario run FILE`, or the name of one that the bin keeps.",
      );
    }
    const access = await openBin(values.bin, io);
    return runScenarios(names, {
      ...values,
      access,
      io,
      read: (file) => readFileSync(file, "utf8"),
    });
  },
});
