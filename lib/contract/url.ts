type Parts = { origin: string; targetPrefix: string; target: string };

/** The URL that a sender used: scheme and host as it saw them, then what its request line held, without those. */
export const urlOf = ({ origin, targetPrefix, target }: Parts): string =>
  `${origin}${targetPrefix.replace(/^https?:\/\/[^/?#]*/i, "")}${target}`;
