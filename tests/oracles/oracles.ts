import * as code from "./adapters/code.ts";
import * as commerce from "./adapters/commerce.ts";
import * as keys from "./adapters/keys.ts";
import * as messaging from "./adapters/messaging.ts";
import * as payments from "./adapters/payments.ts";
import * as standard from "./adapters/standard.ts";
import type { Oracle } from "./oracle.ts";

export const oracles: Oracle[] = [payments, code, commerce, messaging, standard, keys].flatMap(
  (file) => Object.values(file),
);
