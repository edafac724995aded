import { code } from "./rows/code.ts";
import { commerce } from "./rows/commerce.ts";
import { email } from "./rows/email.ts";
import { messaging } from "./rows/messaging.ts";
import { payments } from "./rows/payments.ts";
import { work } from "./rows/work.ts";
import type { Sample } from "./sample.ts";

/** All events that can be sent at will; a provider's first is the one that is meant when none is named. */
export const samples: readonly Sample[] = [
  ...payments,
  ...code,
  ...commerce,
  ...messaging,
  ...email,
  ...work,
];
