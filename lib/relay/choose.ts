import type { Listener } from "../contract/listeners.ts";
import { HooklensError } from "../errors.ts";

/**
 * The connected listener that is meant.
 * @throws HooklensError no_listener, which_listener, saying what to do.
 */
export function chooseListener(listeners: readonly Listener[], name: string | undefined): string {
  const connected = listeners.filter((listener) => listener.connected);
  const [first, second] = connected;
  if (!first) throw new HooklensError("no_listener", nobody(listeners, name));
  if (name !== undefined) {
    if (connected.some((listener) => listener.name === name)) return name;
    throw new HooklensError(
      "no_listener",
      `No listener named "${name}" is connected, but ${listed(connected)}: choose one of them.`,
    );
  }
  if (!second) return first.name;
  throw new HooklensError(
    "which_listener",
    `${listed(connected)} are connected: say which one in \`name\`.`,
  );
}

function nobody(listeners: readonly Listener[], name: string | undefined): string {
  const last = listeners
    .filter((listener) => name === undefined || listener.name === name)
    .toSorted((a, b) => a.heardAt.localeCompare(b.heardAt))
    .at(-1);
  const heard = last ? ` "${last.name}" was last heard at ${last.heardAt}.` : "";
  return `No machine is connected as a listener.${heard} Start one with the \`listen\` command that the bin's page shows, or forward to a URL that this server can reach.`;
}

const listed = (listeners: readonly Listener[]): string =>
  new Intl.ListFormat("en").format(listeners.map(({ name }) => `"${name}"`));
