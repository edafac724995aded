import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/** Which rooms the code of a room may run code of. A room is a folder or a file of lib/; docs/architecture.md draws it. */
const ALLOWED: Record<string, string[]> = {
  app: ["components", "contract", "errors", "ids", "route", "runtime"],
  body: ["contract"],
  compare: ["body"],
  components: [
    "body",
    "compare",
    "contract",
    "copy-as",
    "decode",
    "errors",
    "forward/browser-draft",
    "forward/edit",
    "forward/redirect",
    "forward/target",
    "message-of",
    "providers/providers",
    "providers/secret-guide",
    "search",
    "shapes",
    "signatures",
  ],
  access: ["contract", "errors", "ids"],
  build: ["message-of"],
  cli: [
    "body",
    "contract",
    "errors",
    "forward/draft",
    "forward/edit",
    "forward/failure",
    "forward/header-changes",
    "forward/awake-timer",
    "forward/head-keeper",
    "forward/incomplete",
    "forward/localhost",
    "forward/outgoing",
    "forward/send",
    "forward/target",
    "message-of",
    "package.json",
    "providers/signing/by-provider",
    "scenarios",
    "search",
    "signatures",
    "yaml",
  ],
  capture: ["contract", "errors", "fair-queue", "providers", "signatures"],
  checks: ["shapes", "side-thread"],
  config: ["package.json"],
  contract: [],
  "copy-as": ["contract"],
  decode: ["contract"],
  destinations: [
    "contract",
    "errors",
    "forward",
    "relay/forward-id",
    "relay/forward-news",
    "search",
  ],
  errors: [],
  "fair-queue": [],
  forward: ["contract", "errors", "providers", "signatures"],
  http: ["capture/handler", "contract", "errors"],
  ids: [],
  lab: ["compare", "contract"],
  live: ["access", "contract", "errors", "sockets"],
  log: [],
  "message-of": [],
  manage: [
    "contract",
    "destinations/pace",
    "errors",
    "forward/circle",
    "forward/edit",
    "forward/hop-by-hop",
    "forward/target",
    "ids",
    "lab",
    "providers",
    "samples",
    "scenarios",
    "search",
    "shapes",
    "shares",
    "signatures",
    "threads",
    "transfer",
  ],
  providers: ["contract"],
  relay: [
    "access",
    "contract",
    "errors",
    "forward/attempt",
    "forward/circle",
    "forward/incomplete",
    "sockets",
  ],
  route: ["access", "contract", "errors", "runtime"],
  runtime: [],
  samples: ["signatures"],
  scenarios: ["contract", "errors", "search", "yaml"],
  search: ["contract", "errors"],
  secrets: ["contract", "errors", "message-of", "providers", "signatures", "store/start-error"],
  shares: ["contract", "errors", "providers", "search", "side-thread"],
  signatures: ["contract", "providers", "search/json-reader"],
  shapes: ["search"],
  "side-thread": ["fair-queue"],
  sockets: ["access", "contract", "errors"],
  threads: ["contract", "providers"],
  yaml: [],
  transfer: ["contract", "copy-as", "providers"],
  store: ["contract", "errors", "message-of", "providers", "prisma", "search"],
};

type Import = { from: string; to: string; typeOnly: boolean };

const root = path.resolve(import.meta.dirname, "../..");
const files = globSync(
  ["app", "cli", "components", "lib"].map((room) => `${room}/**/*.{ts,tsx}`),
  {
    cwd: root,
  },
);
const imports = files.flatMap(importsOf);

function importsOf(from: string): Import[] {
  const source = readFileSync(path.join(root, from), "utf8");
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm,
  );
  return [...statements].map(([, type, specifier = ""]) => {
    const inProject = specifier.startsWith(".")
      ? path.join(path.dirname(from), specifier)
      : specifier.replace(/^#/, "");
    return {
      from,
      to:
        specifier.startsWith("#") || specifier.startsWith(".") ? inProject : `package:${specifier}`,
      typeOnly: type !== undefined,
    };
  });
}

/** `lib/forward/target.ts` is in the room `forward`, `lib/errors.ts` is the room `errors`. */
const roomOf = (file: string) =>
  (file.startsWith("lib/") ? file.slice(4) : file).split("/")[0]?.replace(/\.tsx?$/, "") ?? "";

function isAllowed({ from, to }: Import): boolean {
  const allowed = ALLOWED[roomOf(from)] ?? [];
  const target = to.replace(/^lib\//, "").replace(/\.tsx?$/, "");
  return (
    to.startsWith("package:") ||
    roomOf(from) === roomOf(to) ||
    allowed.includes(roomOf(to)) ||
    allowed.includes(target)
  );
}

const show = ({ from, to }: Import) => `${from} -> ${to}`;

describe("imports", () => {
  test("every room of lib/ is in the table, which names no other", () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  test("go from a room only to those that it may use; types are free on the server's side", () => {
    const bound = imports.filter(
      ({ from, typeOnly }) => !typeOnly || from.startsWith("components/"),
    );
    expect(bound.filter((one) => !isAllowed(one)).map(show)).toEqual([]);
  });

  test("of the browser's code hold nothing of Node", () => {
    const browser = imports.filter(({ from }) => from.startsWith("components/"));
    const reached = browser.filter(({ to }) => to.startsWith("lib/")).map(({ to }) => to);
    const shared = imports.filter(({ from, typeOnly }) => reached.includes(from) && !typeOnly);
    expect(
      [...browser, ...shared].filter(({ to }) => to.startsWith("package:node:")).map(show),
    ).toEqual([]);
  });

  test("of the search language are nothing of Node and no package: it runs in the browser and in the CLI", () => {
    const language = imports.filter(
      ({ from, typeOnly }) => from.startsWith("lib/search/") && !typeOnly,
    );
    const reached = language.map(({ to }) => to);
    const foreign = imports.filter(
      ({ from, to, typeOnly }) =>
        !typeOnly &&
        to.startsWith("package:") &&
        (from.startsWith("lib/search/") || reached.includes(from)),
    );
    expect(foreign.map(show)).toEqual([]);
  });

  test("of the signatures are nothing of Node and no package: they are checked in the browser and in the CLI too", () => {
    const reached = new Set(files.filter((file) => file.startsWith("lib/signatures/")));
    for (const file of reached) {
      for (const { from, to, typeOnly } of imports)
        if (from === file && !typeOnly && !to.startsWith("package:")) reached.add(to);
    }
    const foreign = imports.filter(
      ({ from, to, typeOnly }) => !typeOnly && reached.has(from) && to.startsWith("package:"),
    );
    expect(foreign.map(show)).toEqual([]);
  });

  test("of code make no circle", () => {
    const next = Map.groupBy(
      imports.filter(({ typeOnly }) => !typeOnly),
      ({ from }) => from,
    );
    const done = new Set<string>();
    const visit = (file: string, trail: string[]): string[] => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return [];
      const circle = (next.get(file) ?? []).map(({ to }) => visit(to, [...trail, file]));
      done.add(file);
      return circle.find((found) => found.length > 0) ?? [];
    };
    expect(files.map((file) => visit(file, [])).find((found) => found.length > 0) ?? []).toEqual(
      [],
    );
  });

  test("lib/ holds no JSX: Node runs it as it is", () => {
    expect(files.filter((file) => file.startsWith("lib/") && file.endsWith(".tsx"))).toEqual([]);
  });
});
