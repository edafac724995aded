import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { tar } from "./tar.ts";

type Facts = { root: string; version: string; publicUrl: string };

/** Made by lib/build/prepare-cli.ts. */
const FOLDER = "dist";
const FILE = "hooklens.mjs";

/** The command as one file. After its first line (#!) it learns which server handed it out. */
export function cliFile({ root, publicUrl }: Pick<Facts, "root" | "publicUrl">): Buffer {
  const code = readFileSync(path.join(root, FOLDER, FILE), "utf8");
  const end = code.indexOf("\n") + 1;
  const origin = `globalThis[Symbol.for("hooklens.origin")]=${JSON.stringify(publicUrl)};`;
  return Buffer.from(`${code.slice(0, end)}${origin}\n${code.slice(end)}`);
}

/** The command as an npm package that depends on nothing: what `npx URL` installs and runs. */
export function cliTarball(facts: Facts): Buffer {
  const manifest = {
    name: "hooklens",
    version: facts.version,
    description: "Take captured webhooks to localhost, and look at them in the terminal.",
    license: "MIT",
    homepage: facts.publicUrl,
    type: "module",
    bin: { hooklens: FILE },
    engines: { node: ">=20" },
  };
  const text = (path: string, content: string) => ({
    path: `package/${path}`,
    bytes: Buffer.from(content),
    mode: 0o644,
  });
  const archive = tar([
    text("package.json", `${JSON.stringify(manifest, null, 2)}\n`),
    { path: `package/${FILE}`, bytes: cliFile(facts), mode: 0o755 },
    text("README.md", readme(facts)),
    text("LICENSES.txt", readFileSync(path.join(facts.root, FOLDER, "LICENSES.txt"), "utf8")),
  ]);
  return gzipSync(archive, { level: 9 });
}

const readme = ({ publicUrl, version }: Facts) => `# hooklens

The command of ${publicUrl}: takes captured webhooks to localhost, byte for byte, and shows them in the terminal.

    HOOKLENS_KEY=hlk_... npx ${publicUrl}/cli-${version}.tgz listen CAPTURE-URL --to http://localhost:3000/webhooks

\`hooklens --help\` lists the commands. Needs Node 20 or newer, nothing else.
`;
