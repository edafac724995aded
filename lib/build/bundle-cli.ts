import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build, type Plugin } from "rolldown";
import { ROOT } from "./stamp.ts";

const MODULES = path.join(ROOT, "node_modules");
/** The oldest Node that the command runs on. */
const TARGET = "node20";

/** The builds of these packages without their debug output. */
const LEAN: Record<string, string> = {
  "socket.io-client": "socket.io-client/build/esm/index.js",
  "engine.io-client": "engine.io-client/build/esm/index.js",
  "socket.io-parser": "socket.io-parser/build/esm/index.js",
};
/** Never reached by a client that speaks WebSocket only and offers no compression; the rest is the server's half of `ws`. */
const UNUSED =
  /^xmlhttprequest-ssl$|\/(websocket-server|stream|subprotocol|extension|permessage-deflate)(\.js)?$|^\.\/(transports\/)?(polling-(fetch|xhr)(\.node)?|webtransport)\.js$/;
const EMPTY = "\0unused";
const EMPTY_MODULE =
  "export default null; export const XMLHttpRequest = null, XHR = null, WT = null, Fetch = null;";

const YAML_FILE = path.join(MODULES, "js-yaml/dist/js-yaml.mjs");
/** Its schemas and tags: only readers other than ours and its writer use them, which a minifier can't know. */
const YAML_DEFINITIONS =
  /^(var \w+ = )(?=(new (Schema|RegExp)|define\w+Tag|[A-Z0-9_]+_SCHEMA\.\w+|Object\.assign|Symbol)\()/gm;

/** Packages do nothing when they are loaded but to define what they export. */
const isOwn = (id: string) => !id.includes("node_modules");

const lean: Plugin = {
  name: "lean",
  resolveId(id) {
    if (UNUSED.test(id)) return EMPTY;
    const file = LEAN[id];
    return file ? path.join(MODULES, file) : null;
  },
  load: (id) => (id === EMPTY ? EMPTY_MODULE : null),
  transform: (code, id) =>
    id === YAML_FILE ? code.replace(YAML_DEFINITIONS, "$1/* @__PURE__ */ ") : null,
};

/**
 * The `hooklens` command as one file that needs nothing but Node, beside it the licences of what is in it. Answers the file's
 * size in bytes.
 */
export async function bundleCli(file: string): Promise<number> {
  const { output } = await build({
    input: path.join(ROOT, "cli/main.ts"),
    cwd: ROOT,
    platform: "node",
    plugins: [lean],
    treeshake: {
      moduleSideEffects: isOwn,
      propertyReadSideEffects: false,
      unknownGlobalSideEffects: false,
    },
    transform: { target: TARGET },
    write: false,
    output: { format: "esm", minify: true, codeSplitting: false },
  });
  const [chunk, ...others] = output;
  if (others.length > 0) throw new Error("The command did not become one file.");
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, chunk.code, { mode: 0o755 });
  writeFileSync(path.join(path.dirname(file), "LICENSES.txt"), licences(chunk.moduleIds));
  return Buffer.byteLength(chunk.code);
}

/** The licence texts of the packages that these modules come from: they ask to be passed on with the code. */
function licences(moduleIds: string[]): string {
  const packages = moduleIds.flatMap(
    (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [],
  );
  const texts = [...new Set(packages)].sort().map((folder) => {
    const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
    const licence = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = licence
      ? readFileSync(path.join(folder, licence), "utf8").trim()
      : declared(folder);
    return `${name}\n\n${text}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

function declared(folder: string): string {
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) return "";
  const { license } = JSON.parse(readFileSync(manifest, "utf8")) as { license?: string };
  return `License: ${license ?? "not declared"}`;
}
