import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { ROOT } from "./stamp.ts";

const require = createRequire(import.meta.url);

/** Runs a package's command with this Node and shows what it prints only when it fails. */
export function runQuietly(packageName: string, args: string[]): void {
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = require(manifest) as { bin: Record<string, string> };
  const script = path.join(path.dirname(manifest), bin[packageName] ?? "");
  const { status, error, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  if (status === 0) return;
  process.stderr.write(`${stdout}${stderr}`);
  throw new Error(
    `\`${packageName} ${args.join(" ")}\` failed${error ? `: ${error.message}` : ""}`,
  );
}
