/** What stands in the place of a target's URL when a resend goes through a listener: no URL begins so. */
const PREFIX = "listener:";

export const listenerTarget = (name: string): string => `${PREFIX}${name}`;

/** The listener's name; null for a URL. */
export const listenerOf = (url: string): string | null =>
  url.startsWith(PREFIX) ? url.slice(PREFIX.length) : null;
