import { execFileSync, spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { StartError } from "../start-error.ts";

/** The operating system's user that Postgres runs as; null: the one that we are. */
export type Account = { name: string; uid: number; gid: number } | null;

/** Users that exist on most machines and own nothing there; the first one found is taken. */
const UNPRIVILEGED = ["postgres", "node", "nobody"];

/**
 * Postgres refuses to run as root, so a server started by root runs its database as somebody else: the owner of the data
 * when there is some already, else an unprivileged user of this machine.
 * @throws StartError when there is none, or when our own user id has no name (Postgres looks it up).
 */
export function databaseAccount(existingData: string | null): Account {
  if (process.getuid?.() !== 0) {
    assertNamedUser();
    return null;
  }
  const owner = existingData === null ? null : statSync(existingData);
  if (owner && owner.uid !== 0) {
    return { name: id("-un", owner.uid) ?? String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  const name = UNPRIVILEGED.find((candidate) => id("-u", candidate) !== null);
  if (name === undefined) {
    throw new StartError(
      `Postgres does not run as root, and none of the users ${UNPRIVILEGED.join(", ")} exists here. ` +
        "Start Hooklens as another user, or set DATABASE_URL.",
    );
  }
  return { name, uid: Number(id("-u", name)), gid: Number(id("-g", name)) };
}

function assertNamedUser(): void {
  try {
    os.userInfo();
  } catch {
    throw new StartError(
      `User id ${process.getuid?.()} has no name on this machine (as with \`docker run --user\`), so the embedded ` +
        "Postgres can't run as it. Set DATABASE_URL, or run as a user of /etc/passwd.",
    );
  }
}

function id(what: "-u" | "-g" | "-un", user: string | number): string | null {
  try {
    const output = execFileSync("id", [what, String(user)], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    return output.toString().trim();
  } catch {
    return null;
  }
}

/** Options for a child process that runs as that user: no rights of ours, and none of the secrets in our environment. */
export function asAccount(account: Account): { cwd: string; env?: NodeJS.ProcessEnv } {
  return {
    ...(account ? { uid: account.uid, gid: account.gid } : {}),
    // Windows programs don't start without its system variables.
    ...(process.platform === "win32"
      ? {}
      : { env: { LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" } }),
    cwd: path.parse(process.cwd()).root,
  };
}

/** Whether that user may pass through all folders above `directory` (a 0700 /root is the usual obstacle). */
export function canReach(account: Account, directory: string): boolean {
  if (!account) return true;
  const test = spawnSync("/bin/sh", ["-c", 'test -x "$0"', directory], asAccount(account));
  return test.status === 0;
}
