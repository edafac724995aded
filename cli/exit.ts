/** What the command's exit codes mean; docs/cli.md holds the same table. */
export const Exit = {
  done: 0,
  unexpected: 1,
  usage: 2,
  /** No key, a wrong one, or one that was revoked. */
  key: 3,
  /** Another listener took over the name, or a person removed this one. */
  replaced: 4,
  /** The bin or the request was never there, or is gone. */
  notFound: 5,
  /** No server answered. */
  unreachable: 6,
  /** The target failed, or answered with anything but 2xx. */
  targetFailed: 7,
  /** The server refused: a limit, a conflict, something that it does not know. */
  refused: 8,
  /** A signature is not verified. */
  notVerified: 9,
  /** A scenario found something that was not as expected. */
  notAsExpected: 10,
  /** Ctrl-C twice, or at a question. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof Exit)[keyof typeof Exit];

/** Ends the command with one line for the person and a code for the script. */
export class CliError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usageError = (message: string) => new CliError(Exit.usage, message);
