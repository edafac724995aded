/** Of the terminal that a command is pasted into. */
export type ListenShell = "posix" | "powershell";

type Listen = {
  /** Scheme, host and port of the server, which hands out its own client. */
  origin: string;
  version: string;
  captureUrl: string;
  key: string;
  /** Where the requests go on the machine that runs it. */
  to: string;
};

/** Characters that mean nothing to any of the shells, at any place of a word. */
const BARE = /^[A-Za-z0-9_./:@%+-]+$/;

/**
 * The command line that takes a bin's requests to a localhost. The key is in the environment, where no list of processes
 * shows it.
 */
export function listenCommand(
  { origin, version, captureUrl, key, to }: Listen,
  shell: ListenShell = "posix",
): string {
  const quote = quoteFor[shell];
  const client = quote(`${origin}/cli-${version}.tgz`);
  const words = ["npx", client, "listen", quote(captureUrl), "--to", quote(to)];
  const keyFirst =
    shell === "posix"
      ? `HOOKLENS_KEY=${quote(key)} `
      : `$env:HOOKLENS_KEY=${inQuotes(key, "''")}; `;
  return keyFirst + words.join(" ");
}

const quoteFor: Record<ListenShell, (word: string) => string> = {
  posix: (word) => (BARE.test(word) ? word : inQuotes(word, "'\\''")),
  powershell: (word) => (BARE.test(word) ? word : inQuotes(word, "''")),
};

const inQuotes = (word: string, quoteWithin: string): string =>
  `'${word.replaceAll("'", quoteWithin)}'`;
