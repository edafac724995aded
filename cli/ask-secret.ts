import { CliError, Exit } from "./exit.ts";
import type { Io } from "./io.ts";

const ENTER = /[\r\n]/;
const INTERRUPT = "\u0003";
const END = "\u0004";
const ERASE = new Set(["\u007f", "\b"]);
/** Terminals wrap what is pasted in these when a program before us asked for it and did not take it back. */
// oxlint-disable-next-line no-control-regex
const PASTE_MARKS = /\x1b\[20[01]~/g;

/** Whether somebody is there to be asked. */
export const canAsk = ({ stdin, stderr }: Io) => stdin.isTTY === true && stderr.isTTY === true;

/** Asks on the terminal; what is typed is not shown. @throws CliError interrupted */
export async function askSecret(question: string, io: Io): Promise<string> {
  const { stdin, stderr } = io;
  stderr.write(question);
  stdin.setRawMode?.(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  try {
    return await readLine(stdin);
  } finally {
    stdin.setRawMode?.(false);
    stdin.pause();
    stderr.write("\n");
  }
}

function readLine(stdin: Io["stdin"]): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = "";
    const stop = (settle: () => void) => {
      stdin.off("data", take);
      settle();
    };
    function take(chunk: string | Buffer): void {
      for (const character of chunk.toString().replace(PASTE_MARKS, "")) {
        if (ENTER.test(character)) return stop(() => resolve(typed.trim()));
        if (character === INTERRUPT || character === END) {
          return stop(() => reject(new CliError(Exit.interrupted, "Not answered.")));
        }
        typed = ERASE.has(character) ? typed.slice(0, -1) : typed + character;
      }
    }
    stdin.on("data", take);
  });
}
