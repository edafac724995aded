import { execPath } from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BinMinted } from "#lib/contract/bins.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { copyAs } from "#lib/copy-as/copy-as.ts";
import { COPY_KINDS, type CopyKind } from "#lib/copy-as/kinds.ts";
import type { CopyAs } from "#lib/copy-as/source.ts";
import { type OddRequest, oddRequests } from "#tests/fixtures/odd-requests.ts";
import { createCall, mint } from "#tests/helpers/call.ts";
import { unnamedDifferences } from "#tests/helpers/copy-as/differences.ts";
import { type HttpieWords, httpieWords } from "#tests/helpers/copy-as/httpie-words.ts";
import { inTurns } from "#tests/helpers/copy-as/in-turns.ts";
import { findHttpie, findPython } from "#tests/helpers/copy-as/programs.ts";
import {
  type Copy,
  capturedId,
  helper,
  layOut,
  type Outcome,
  readHttpie,
  runCurl,
  runInOne,
} from "#tests/helpers/copy-as/run-copies.ts";
import { exchange, finalAnswer } from "#tests/helpers/exchange.ts";
import { near as server } from "#tests/helpers/shared-servers.ts";

const AT_ONCE = 8;
const python = findPython();
const httpie = findHttpie();

const call = createCall(server);
let bin: BinMinted;
let cases: OddRequest[];
let originals: CapturedRequest[];

const isWhole = (odd: OddRequest) => !odd.truncated && !odd.incomplete;
const names = oddRequests("BIN")
  .filter(isWhole)
  .map(({ name }, index) => ({ name, index }));

beforeAll(async () => {
  bin = await mint(call);
  cases = oddRequests(bin.id).filter(isWhole);
  originals = await inTurns(cases, AT_ONCE, async ({ pieces }) => record(await send(pieces)));
});

async function send(pieces: OddRequest["pieces"]): Promise<string> {
  const answer = finalAnswer(await exchange(server.port, pieces));
  return /^Hooklens-Request-Id: (\S+)/m.exec(answer)?.[1] ?? "";
}

async function record(id: string): Promise<CapturedRequest> {
  const answer = await call("GET", `/api/bins/${bin.id}/requests/${id}`, { key: bin.key });
  expect(answer.status, answer.text).toBe(200);
  return answer.json<CapturedRequest>();
}

type Made = CopyAs & { body: Uint8Array };

/** All texts of a form, each for the request's own target at this server. */
const copiesOf = (kind: CopyKind): Made[] =>
  cases.map(({ target, body }, index) => {
    const to = `${server.origin}/in/${bin.id}${target}`;
    return { ...copyAs(kind, originals[index] as CapturedRequest, body, to), body };
  });

/** A form whose texts are run all together, then compared one by one. */
function roundTrips(kind: CopyKind, runAll: (copies: Copy[]) => Promise<Outcome[]>): void {
  let made: Made[];
  let copies: Copy[];
  let outcomes: Outcome[];
  /** Null: the answer came from no bin. */
  let records: (CapturedRequest | null)[];
  let remove = () => {};
  beforeAll(async () => {
    made = copiesOf(kind);
    ({ copies, remove } = layOut(made));
    outcomes = await runAll(copies);
    records = await inTurns(copies, AT_ONCE, async (copy) => {
      const id = capturedId(copy);
      return id ? record(id) : null;
    });
  });
  afterAll(() => remove());

  test.each(names)("$name", ({ index }) => {
    const { text, notes } = made[index] as Made;
    if (notes.some((note) => / can't send /.test(note))) {
      expect(text).toMatch(/^(#|\/\/) .*\n$/);
      return;
    }
    expect(outcomes[index], text.slice(0, 2_000)).toBeNull();
    const again = records[index];
    const original = originals[index] as CapturedRequest;
    if (!again) {
      expect(notes.join()).toContain("resolves the dots in the path");
      return;
    }
    expect(again.id).not.toBe(original.id);
    expect(unnamedDifferences(original, again, notes), notes.join("\n")).toEqual([]);
  });
}

describe(`${COPY_KINDS.curl}: sent by bash and curl, the record is the same but for what the notes name`, () => {
  roundTrips("curl", runCurl);
});

describe(`${COPY_KINDS.fetch}: sent by Node's fetch, the record is the same but for what the notes name`, () => {
  roundTrips("fetch", (copies) => runInOne(copies, [execPath, helper("run-fetch.mjs")]));
});

const pythonWay = python?.requests
  ? `sent by requests ${python.requests}, the record is the same but for what the notes name`
  : "only compiled, as this machine's Python has no requests";

describe.skipIf(!python)(`${COPY_KINDS.python}: ${python ? pythonWay : "no python3 here"}`, () => {
  const command = [python?.command ?? "", helper("run_requests.py")];
  if (python?.requests) roundTrips("python", (copies) => runInOne(copies, command));
  else {
    test("each is a program", async () => {
      const { copies, remove } = layOut(copiesOf("python"));
      const outcomes = await runInOne(copies, [...command, "--compile-only"]).finally(remove);
      expect(outcomes.filter(Boolean)).toEqual([]);
    });
  }
});

const httpieWay = httpie
  ? `sent by HTTPie ${httpie.version}, the record is the same but for what the notes name`
  : "only its words are read by bash, as this machine has no HTTPie";

describe(`${COPY_KINDS.httpie}: ${httpieWay}`, () => {
  if (httpie) {
    roundTrips("httpie", async (copies) => {
      await readHttpie(copies);
      return runInOne(copies, [httpie.command, helper("run_httpie.py")]);
    });
  } else {
    test("each stands for method, URL, headers and body", async () => {
      const made = copiesOf("httpie");
      const { copies, remove } = layOut(made);
      const outcomes = await readHttpie(copies);
      const words = copies.map(httpieWords);
      remove();
      expect(outcomes.filter(Boolean)).toEqual([]);
      cases.forEach((odd, index) => {
        const { notes } = made[index] as Made;
        if (!notes.join().includes("can't send")) {
          expect(words[index], odd.name).toEqual(wordsOf(index, notes));
        }
      });
    });
  }
});

function wordsOf(index: number, notes: readonly string[]): HttpieWords {
  const odd = cases[index] as OddRequest;
  const recoded = notes.join().includes("no UTF-8");
  const sent = odd.headers.filter(([name]) => !/^(host|content-length|transfer-.*)$/i.test(name));
  return {
    method: odd.method,
    url: `${server.origin}/in/${bin.id}${odd.target}`,
    headers: sent.map(([name, value]) => [
      name,
      recoded ? Buffer.from(value).toString("latin1") : value,
    ]),
    bodySha256: originals[index]?.bodySha256 ?? "",
  };
}

describe(`${COPY_KINDS.raw}: written to a socket, the record is the same but for what the notes name`, () => {
  let made: CopyAs[];
  let records: (CapturedRequest | null)[];
  beforeAll(async () => {
    made = cases.map(({ body }, index) => copyAs("raw", originals[index] as CapturedRequest, body));
    records = await inTurns(made, AT_ONCE, async ({ text, notes }) =>
      isNoRequest(notes) ? null : record(await send([Buffer.from(text)])),
    );
  });

  test.each(names)("$name", ({ index }) => {
    const [again, original, notes] = [records[index], originals[index], made[index]?.notes];
    if (!again || !original || !notes) return expect(notes).toSatisfy(isNoRequest);
    expect(unnamedDifferences(original, again, notes), notes.join("\n")).toEqual([]);
    expect(again.headers).toEqual(original.headers);
  });

  /** A message without its body, or with replaced bytes. */
  const isNoRequest = (notes: readonly string[] = []) =>
    notes.some((note) => /body is left out|no UTF-8 are replaced/.test(note));
});
