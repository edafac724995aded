import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const PYTHON = "python3";

function printed(program: string, args: string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: "utf8", timeout: 10_000 });
  return status === 0 ? stdout.trim() : null;
}

/** Python 3 of this machine, and its requests' version when it has that package. */
export function findPython(): { command: string; requests: string | null } | null {
  if (printed(PYTHON, ["-c", ""]) === null) return null;
  return { command: PYTHON, requests: printed(PYTHON, ["-c", versionOf("requests")]) };
}

/** HTTPie of this machine: the Python that it runs on, which stands in the first line of its command. */
export function findHttpie(): { command: string; version: string } | null {
  const command = pythonOf("http");
  const version = command && printed(command, ["-c", versionOf("httpie")]);
  return command && version ? { command, version } : null;
}

const versionOf = (name: string) => `import ${name}; print(${name}.__version__)`;

function pythonOf(script: string): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    try {
      const start = readFileSync(path.join(folder, script), "latin1").slice(0, 500);
      return /^#!(?:\/usr\/bin\/env )?(\S*python[\d.]*)/.exec(start)?.[1] ?? null;
    } catch {}
  }
  return null;
}
