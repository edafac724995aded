import { defineCommand } from "../command.ts";
import { subjectFlags } from "../signing/subject.ts";
import { findSecrets } from "../signing/local-secrets.ts";
import { readSubject } from "../signing/subject.ts";
import { signSubject } from "../signing/sign.ts";

export const signCommand = defineCommand({
  name: "sign",
  summary: "sign a body, or a captured request again",
  usage: "SEQ|ID|last | --provider ID --body FILE",
  flags: {
    ...subjectFlags,
    out: { type: "string", value: "FILE", says: "the body, where the signature stands in it" },
  },
  notes: [
    "Prints the headers to send, a line each. The time is now; ids that are there stay.",
    "The secret is read from HOOKLENS_SECRET or from hooklens.yml's `secrets`, never from the arguments, and is sent nowhere.",
  ],
  examples: [
    {
      line: "hooklens sign -p stripe --body event.json > head.txt && curl -H @head.txt --data-binary @event.json localhost:3000",
      says: "a signed request by hand",
    },
    { line: "hooklens sign 42 --url http://localhost:3000/hook", says: "" },
  ],
  async run({ values, words, io }) {
    const secrets = findSecrets(io.env, values.config);
    const subject = await readSubject(words, values, io);
    return signSubject(subject, secrets, {
      io,
      json: values.json,
      out: values.out,
      url: values.url,
    });
  },
});
