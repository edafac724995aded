import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/headers.ts";
import { goesInCircle } from "#lib/forward/circle.ts";
import { type Draft, draftOf } from "#lib/forward/draft.ts";
import { editErrors } from "#lib/forward/edit.ts";
import { outgoing } from "#lib/forward/outgoing.ts";
import { requestBytes } from "#lib/forward/wire.ts";

const FORWARD_ID = "0198b3c0-0000-7000-8000-000000000000";
const OURS: HeaderPair[] = [
  ["Hooklens-Forward-Id", FORWARD_ID],
  ["Connection", "close"],
];
const HOST: HeaderPair = ["Host", "target.example:3000"];

function send(over: Partial<Draft>) {
  const draft: Draft = {
    method: "POST",
    target: "",
    headers: [],
    trailers: [],
    body: Buffer.alloc(0),
    edited: false,
    ...over,
  };
  return outgoing(draft, { path: "/hook", authority: HOST[1], forwardId: FORWARD_ID });
}

describe("what travels", () => {
  test("Host is the target's, in the place and letter case of the sender's", () => {
    const headers: HeaderPair[] = [
      ["A", "1"],
      ["hOsT", "hooks.example"],
      ["B", "2"],
    ];
    const { request, changes } = send({ headers });
    expect(request.headers).toEqual([["A", "1"], ["hOsT", HOST[1]], ["B", "2"], ...OURS]);
    expect(changes).toContainEqual({
      kind: "changed",
      name: "hOsT",
      value: HOST[1],
      why: "the target's",
    });
  });

  test("a sender's Connection header takes nothing away that was added here", () => {
    const headers: HeaderPair[] = [
      ["Connection", "close, X-Own, Authorization"],
      ["X-Own", "1"],
    ];
    const added: HeaderPair[] = [["Authorization", "Bearer of-the-destination"]];
    const draft = {
      method: "POST",
      target: "",
      trailers: [],
      body: Buffer.alloc(0),
      edited: false,
    };
    const { request } = outgoing(
      { ...draft, headers: [...headers, ...added] },
      { path: "/hook", authority: HOST[1], forwardId: FORWARD_ID, added },
    );
    expect(request.headers).toEqual([HOST, ...added, ...OURS]);
  });

  test("a request without Host (HTTP/1.0) gets one, first; a second one is dropped", () => {
    expect(send({ headers: [["A", "1"]] }).request.headers).toEqual([HOST, ["A", "1"], ...OURS]);
    const twice: HeaderPair[] = [
      ["Host", "a"],
      ["HOST", "b"],
    ];
    expect(send({ headers: twice }).request.headers).toEqual([HOST, ...OURS]);
  });

  test.each([
    "Connection",
    "Keep-Alive",
    "Proxy-Connection",
    "Proxy-Authorization",
    "Proxy-Authenticate",
    "TE",
    "Upgrade",
    "Expect",
  ])("%s is dropped, in any letter case and number, and is told", (name) => {
    const dropped: HeaderPair[] = [
      [name, "x"],
      [name.toUpperCase(), "y"],
      [name.toLowerCase(), "z"],
    ];
    const { request, changes } = send({ headers: [HOST, ...dropped, ["Proxy-Status", "ok"]] });
    expect(request.headers).toEqual([HOST, ["Proxy-Status", "ok"], ...OURS]);
    expect(changes.filter(({ kind }) => kind === "dropped").map(({ value }) => value)).toEqual([
      "x",
      "y",
      "z",
    ]);
  });

  test("what Connection names is dropped, over several lines", () => {
    const headers: HeaderPair[] = [
      HOST,
      ["X-Hop", "1"],
      ["connection", "keep-alive, X-HOP"],
      ["Connection", "\tx-other ,,close"],
      ["x-other", "2"],
      ["x-hop", "3"],
      ["X-Hop-2", "stays"],
    ];
    expect(send({ headers }).request.headers).toEqual([HOST, ["X-Hop-2", "stays"], ...OURS]);
  });

  test("a Connection that names Host or the framing takes neither away", () => {
    const headers: HeaderPair[] = [
      HOST,
      ["Connection", "host, content-length, transfer-encoding"],
      ["Content-Length", "2"],
    ];
    const sent = send({ headers, body: Buffer.from("hi") }).request;
    expect(sent.headers).toEqual([HOST, ["Content-Length", "2"], ...OURS]);
  });

  test.each(["GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "POST", "PROPFIND", "QUERY", "M-SEARCH"])(
    "a body of %s is sent with the framing that it had",
    (method) => {
      const body = Buffer.from("hi");
      const length: HeaderPair[] = [HOST, ["content-LENGTH", "2"], ["A", "1"]];
      expect(text(send({ method, headers: length, body }))).toBe(
        `${method} /hook HTTP/1.1\r\nHost: ${HOST[1]}\r\ncontent-LENGTH: 2\r\nA: 1\r\nHooklens-Forward-Id: ${FORWARD_ID}\r\nConnection: close\r\n\r\nhi`,
      );
      const chunked: HeaderPair[] = [
        HOST,
        ["Transfer-encoding", "gzip, Chunked"],
        ["Trailer", "X"],
      ];
      const trailers: HeaderPair[] = [
        ["X", "1"],
        ["x", "é"],
      ];
      expect(text(send({ method, headers: chunked, trailers, body }))).toBe(
        `${method} /hook HTTP/1.1\r\nHost: ${HOST[1]}\r\nTransfer-encoding: gzip, Chunked\r\nTrailer: X\r\nHooklens-Forward-Id: ${FORWARD_ID}\r\nConnection: close\r\n\r\n2\r\nhi\r\n0\r\nX: 1\r\nx: é\r\n\r\n`,
      );
    },
  );

  test("an empty chunked body is sent as one, and none without framing gets none", () => {
    const chunked: HeaderPair[] = [HOST, ["Transfer-Encoding", "chunked"]];
    expect(text(send({ headers: chunked }))).toMatch(/\r\n\r\n0\r\n\r\n$/);
    expect(send({ headers: [HOST] }).request.headers).toEqual([HOST, ...OURS]);
    expect(send({ headers: [HOST, ["Content-Length", "0"]] }).request.headers).toEqual([
      HOST,
      ["Content-Length", "0"],
      ...OURS,
    ]);
  });

  test("header values go out as the latin1 bytes that they came as; empty ones stay", () => {
    const bytes = requestBytes(
      send({ headers: [HOST, ["X-Latin", "\xe9\xff\x80"], ["X-Empty", ""]] }).request,
    );
    expect(
      Buffer.concat(bytes).includes(
        Buffer.from("X-Latin: \xe9\xff\x80\r\nX-Empty: \r\n", "latin1"),
      ),
    ).toBe(true);
  });

  test("a request that was forwarded before keeps the older ids, which count the hops", () => {
    const headers: HeaderPair[] = [HOST, ["Hooklens-Forward-Id", "older"]];
    const sent = send({ headers }).request.headers;
    expect(sent).toEqual([...headers, ...OURS]);
    const hidden: HeaderPair = ["Connection", "Hooklens-Forward-Id, close"];
    expect(send({ headers: [...headers, hidden] }).request.headers).toEqual(sent);
  });

  test("ten forward ids on a request show that it goes in a circle", () => {
    let headers: HeaderPair[] = [HOST];
    for (let hop = 0; hop < 10; hop++) {
      expect(goesInCircle(headers)).toBe(false);
      headers = send({ headers }).request.headers;
    }
    expect(goesInCircle(headers)).toBe(true);
  });

  test("any other header keeps name, case, place, number and value", () => {
    const changed =
      /^(host|content-length|transfer-encoding|connection|keep-alive|te|upgrade|expect|proxy-(connection|authorization|authenticate))$/i;
    const token = fc.string({
      unit: fc.constantFrom(..."aBcX-_!#$.19"),
      minLength: 1,
      maxLength: 8,
    });
    const name = fc.oneof(
      token,
      fc.constantFrom(
        "Host",
        "connection",
        "X-Hop",
        "Content-Length",
        "TE",
        "Trailer",
        "Cookie",
        "Set-Cookie",
        "Content-Disposition",
        "Date",
        "Authorization",
      ),
    );
    const latin1 = fc.string({
      unit: fc
        .integer({ min: 0x21, max: 0xff })
        .filter((code) => code < 0x7f || code > 0x9f)
        .map((code) => String.fromCharCode(code)),
    });
    const header = fc.oneof(
      fc.tuple(name, latin1),
      fc.constant<HeaderPair>(["Connection", "x-hop"]),
    );
    fc.assert(
      fc.property(
        fc.array(header, { maxLength: 30 }),
        fc.uint8Array({ maxLength: 20 }),
        (headers, body) => {
          const { request, changes } = send({ headers, body: Buffer.from(body) });
          const named = headers
            .filter(([given]) => given.toLowerCase() === "connection")
            .flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/));
          const isKept = ([given]: HeaderPair) =>
            !changed.test(given) && !named.includes(given.toLowerCase());
          const added = changes
            .filter(({ kind }) => kind === "added")
            .map((change): HeaderPair => [change.name, change.value]);
          expect(request.headers.slice(0, -2).filter(([given]) => !changed.test(given))).toEqual(
            headers.filter(isKept),
          );
          expect(request.headers.slice(-2)).toEqual(OURS);
          expect(added.slice(-2)).toEqual(OURS);
          const lengths = request.headers.filter(
            ([given]) => given.toLowerCase() === "content-length",
          );
          expect(lengths.length).toBeLessThanOrEqual(1);
          if (body.length > 0) expect(Number(lengths[0]?.[1])).toBe(body.length);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("an edit", () => {
  const captured = {
    method: "POST",
    target: "/a",
    headers: [
      ["Content-Length", "2"],
      ["X", "1"],
    ] as HeaderPair[],
    trailers: [] as HeaderPair[],
  };
  const body = Buffer.from("hi");

  test("changes what it names and nothing else", () => {
    expect(draftOf(captured, body, undefined)).toEqual({ ...captured, body, edited: false });
    expect(draftOf(captured, body, {})).toMatchObject({ edited: false });
    expect(draftOf(captured, body, { method: "PUT" })).toEqual({
      ...captured,
      method: "PUT",
      body,
      edited: true,
    });
    const edit = { target: "?b", headers: [["Y", "2"]] as HeaderPair[], bodyBase64: "aGVsbG8=" };
    expect(draftOf(captured, body, edit)).toMatchObject({
      method: "POST",
      target: "?b",
      headers: [["Y", "2"]],
      body: Buffer.from("hello"),
    });
  });

  test.each<[string, Partial<Draft>, HeaderPair[]]>([
    [
      "a longer body",
      { headers: captured.headers, body: Buffer.from("hello") },
      [
        ["Content-Length", "5"],
        ["X", "1"],
      ],
    ],
    [
      "an emptied body",
      { headers: captured.headers },
      [
        ["Content-Length", "0"],
        ["X", "1"],
      ],
    ],
    [
      "headers without framing",
      { headers: [["X", "1"]], body },
      [
        ["X", "1"],
        ["Content-Length", "2"],
      ],
    ],
    [
      "no framing, no body, POST",
      { headers: [["X", "1"]] },
      [
        ["X", "1"],
        ["Content-Length", "0"],
      ],
    ],
    ["no framing, no body, GET", { method: "GET", headers: [["X", "1"]] }, [["X", "1"]]],
    [
      "two lengths",
      {
        headers: [
          ["content-length", "9"],
          ["Content-Length", "2"],
        ],
        body,
      },
      [["content-length", "2"]],
    ],
    [
      "a length beside chunked",
      {
        headers: [
          ["Content-Length", "2"],
          ["Transfer-Encoding", "chunked"],
        ],
        body,
      },
      [["Transfer-Encoding", "chunked"]],
    ],
  ])("gets its framing right: %s", (_name, draft, headers) => {
    const sent = send({ ...draft, edited: true });
    expect(sent.request.headers).toEqual([HOST, ...headers, ...OURS]);
  });

  test("trailers go when the body is no longer chunked, and that is told", () => {
    const { request, changes } = send({ headers: [], trailers: [["X", "1"]], body, edited: true });
    expect(request.trailers).toEqual([]);
    expect(changes).toContainEqual({
      kind: "dropped",
      name: "X",
      value: "1",
      why: "only a chunked body has trailers",
    });
  });

  test.each([
    [{ method: "GE T" }, "/edit/method"],
    [{ method: "" }, "/edit/method"],
    [{ method: "CONNECT" }, "/edit/method"],
    [{ method: "POST\r\nX: y" }, "/edit/method"],
    [{ target: "a" }, "/edit/target"],
    [{ target: "/a b" }, "/edit/target"],
    [{ target: "/ü" }, "/edit/target"],
    [{ target: "/\r\n" }, "/edit/target"],
    [{ target: "http://other/" }, "/edit/target"],
    [
      {
        headers: [
          ["A", "1"],
          ["B b", "1"],
        ],
      },
      "/edit/headers/1/0",
    ],
    [{ headers: [["", "1"]] }, "/edit/headers/0/0"],
    [{ headers: [["A:", "1"]] }, "/edit/headers/0/0"],
    [{ headers: [["A", "1\r\nB: 2"]] }, "/edit/headers/0/1"],
    [{ headers: [["A", "\0"]] }, "/edit/headers/0/1"],
    [{ headers: [["A", "\u0100"]] }, "/edit/headers/0/1"],
    [{ headers: [["Transfer-Encoding", "gzip"]] }, "/edit/headers/0/1"],
    [{ headers: [["Transfer-Encoding", "xchunked"]] }, "/edit/headers/0/1"],
  ] as const)("%j is refused", (edit, pointer) => {
    const errors = [...editErrors(edit as unknown as Parameters<typeof editErrors>[0])];
    expect(errors.map((error) => error.pointer)).toEqual([pointer]);
  });

  test("what HTTP can carry is not refused", () => {
    const headers: HeaderPair[] = [
      ["x-a!#$%&'*+.^_`|~", "\t \xe9\xff"],
      ["Transfer-Encoding", "gzip, chunked"],
    ];
    const edit = { method: "m-SEARCH", target: "/%zz?a#'\"<>\\", headers };
    expect([...editErrors(edit)]).toEqual([]);
    expect([...editErrors({ target: "" })]).toEqual([]);
    expect([...editErrors({ target: "?x" })]).toEqual([]);
  });
});

const text = ({ request }: ReturnType<typeof send>) =>
  Buffer.concat(requestBytes(request)).toString("latin1");
