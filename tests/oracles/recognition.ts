// Prints how many requests of a corpus are taken to be from whom they are from: `node tests/oracles/recognition.ts`.
import { providerName } from "#lib/providers/providers.ts";
import { recognise } from "#lib/providers/recognise.ts";
import { type Sent, sent } from "#tests/fixtures/senders.ts";
import { recogniseSent } from "#tests/helpers/recognise-sent.ts";
import { oracles } from "./oracles.ts";
import { sdkFile } from "./sdk.ts";

type Example = { name: string; examples: object[] };
export type Tally = { sender: string; right: number; silent: number; wrong: string[] };

/** github.com, and the releases of GitHub Enterprise Server. */
const EDITIONS = ["api.github.com", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"];
const OURS = "written by hand from the documented shapes";

const octokit = EDITIONS.flatMap((edition) =>
  sdkFile<Example[]>("@octokit/webhooks-examples", `${edition}/index.json`).flatMap(
    ({ name, examples }) => examples.map((json) => ({ name, json })),
  ),
);

const asSent = ({ name, json }: (typeof octokit)[number]): Sent => ({
  provider: "github",
  headers: {
    "User-Agent": "GitHub-Hookshot/044aadd",
    "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "X-GitHub-Event": name,
  },
  json,
});

type Judged = { provider: string | null; found: string | null };

function tally(sender: string, judged: readonly Judged[]): Tally {
  const result: Tally = { sender, right: 0, silent: 0, wrong: [] };
  for (const { provider, found } of judged) {
    if (found === provider) result.right++;
    else if (found === null) result.silent++;
    else result.wrong.push(`${provider} as ${found}`);
  }
  return result;
}

const judge = (requests: readonly Sent[]): Judged[] =>
  requests.map((request) => ({
    provider: request.provider,
    found: recogniseSent(request)?.id ?? null,
  }));

async function judgeSigned(): Promise<Judged[]> {
  const judged = oracles.map(async ({ provider, sign, delivery }): Promise<Judged> => {
    const { headers, url, body } = await sign(delivery, Date.now());
    const found = recognise(headers, url.replace(/^[^?]*/, ""), body)?.id ?? null;
    return { provider, found };
  });
  return Promise.all(judged);
}

const named = (id: string | null) => (id === null ? "nobody in particular" : providerName(id));

const ROWS_BEFORE = 3;

/** Right about a request that nobody can tell is to say nothing. */
export const tallies = async (): Promise<Tally[]> => [
  tally("GitHub, as it is sent", judge(octokit.map(asSent))),
  tally("GitHub, the body alone", judge(octokit.map(({ json }) => ({ provider: "github", json })))),
  tally("signed by, or for, the official packages", await judgeSigned()),
  ...[...Map.groupBy(sent, ({ provider }) => provider)].map(([id, requests]) =>
    tally(named(id), judge(requests)),
  ),
];

/** The same with one line for all that are written by hand. */
export function summary(all: readonly Tally[]): string[] {
  const byHand = all.slice(ROWS_BEFORE);
  const sum = {
    sender: `${byHand.length - 1} senders and nobody, ${OURS}`,
    right: byHand.reduce((total, { right }) => total + right, 0),
    silent: byHand.reduce((total, { silent }) => total + silent, 0),
    wrong: byHand.flatMap(({ wrong }) => wrong),
  };
  return table([...all.slice(0, ROWS_BEFORE), sum]);
}

const table = (all: readonly Tally[]): string[] => [
  "| sender | requests | right | silent | wrong |",
  "| --- | --- | --- | --- | --- |",
  ...all.map(
    ({ sender, right, silent, wrong }) =>
      `| ${sender} | ${right + silent + wrong.length} | ${right} | ${silent} | ${wrong.length} |`,
  ),
];

if (import.meta.main) console.log(table(await tallies()).join("\n"));
