import { isLoopbackUrl } from "#components/request/join-preview.ts";

/** Whether this page may reach apps on the person's own machine; `unasked`: the browser knows of no such permission. */
export type Permission = "not_needed" | "granted" | "prompt" | "denied" | "unasked";

/** Chromium's from 145 on (and Firefox'), and the one before. */
const NAMES = ["loopback-network", "local-network-access"];

/** A page that is itself on the machine needs none. */
const isNeeded = () => !isLoopbackUrl(location.href);

export async function localPermission(): Promise<Permission> {
  if (!isNeeded()) return "not_needed";
  return (await permissionStatus())?.state ?? "unasked";
}

/** Calls back at once, and whenever it changes. Ends with what it answers. */
export function watchPermission(tell: (permission: Permission) => void): () => void {
  const ending = new AbortController();
  const look = () =>
    void localPermission().then((now) => {
      if (!ending.signal.aborted) tell(now);
    });
  look();
  if (isNeeded()) {
    void permissionStatus().then((status) =>
      status?.addEventListener("change", look, { signal: ending.signal }),
    );
  }
  return () => ending.abort();
}

async function permissionStatus(): Promise<PermissionStatus | null> {
  for (const name of NAMES) {
    try {
      return await navigator.permissions.query({ name: name as PermissionName });
    } catch {
      // A name that this browser does not know.
    }
  }
  return null;
}
