import type { Command } from "../command.ts";
import { listenCommand } from "./listen.ts";
import { newCommand } from "./new.ts";

/** In the order of the help. */
export const commands: readonly Command[] = [newCommand, listenCommand];
