import { defineCommand } from "../command.ts";
import { subjectFlags } from "../signing/subject.ts";
import { findSecrets } from "../signing/local-secrets.ts";
import { readSubject } from "../signing/subject.ts";
import { verifySubject } from "../signing/verify.ts";

export const verifyCommand = defineCommand({
  name: "verify",
  summary: "check a signature with a secret of this machine",
  usage: "SEQ|ID|last | --provider ID --headers FILE --body FILE",
  flags: subjectFlags,
  notes: [
    "The secret is read from HOOKLENS_SECRET or from hooklens.yml's `secrets`, never from the arguments, and is sent nowhere.",
    "Shown are the bytes that were signed, what was computed and what was received. Exit code 9: not verified. A signature that fits and came late is verified; that it was late is said.",
  ],
  examples: [
    { line: "HOOKLENS_SECRET=$(pass stripe) hooklens verify last", says: "" },
    { line: "hooklens verify -p github --headers head.txt --body body.json", says: "from files" },
  ],
  async run({ values, words, io }) {
    const secrets = findSecrets(io.env, values.config);
    return verifySubject(await readSubject(words, values, io), secrets, { io, json: values.json });
  },
});
