import type { Command } from "../command.ts";
import { completionsCommand } from "./completions.ts";
import { keysCommand } from "./keys.ts";
import { listCommand } from "./list.ts";
import { listenCommand } from "./listen.ts";
import { newCommand } from "./new.ts";
import { openCommand } from "./open.ts";
import { replayCommand } from "./replay.ts";
import { sampleCommand } from "./sample.ts";
import { scenarioCommand } from "./scenario.ts";
import { showCommand } from "./show.ts";
import { signCommand } from "./sign.ts";
import { tailCommand } from "./tail.ts";
import { urlCommand } from "./url.ts";
import { verifyCommand } from "./verify.ts";

/** In the order of the help. */
export const commands: readonly Command[] = [
  newCommand,
  listenCommand,
  tailCommand,
  listCommand,
  showCommand,
  replayCommand,
  sampleCommand,
  scenarioCommand,
  verifyCommand,
  signCommand,
  openCommand,
  urlCommand,
  keysCommand,
  completionsCommand(() => commands),
];
