import * as chat from "./adapters/chat.ts";
import * as code from "./adapters/code.ts";
import * as commerce from "./adapters/commerce.ts";
import * as inBody from "./adapters/in-body.ts";
import * as media from "./adapters/media.ts";
import * as payments from "./adapters/payments.ts";
import * as publicKeys from "./adapters/public-keys.ts";
import * as standard from "./adapters/standard.ts";
import * as tokens from "./adapters/tokens.ts";
import * as work from "./adapters/work.ts";
import type { Oracle } from "./oracle.ts";

const files = [payments, inBody, code, commerce, chat, media, standard, work, publicKeys, tokens];

export const oracles: Oracle[] = files.flatMap((file): Oracle[] => Object.values(file));
