import { utf8, wireBytes } from "../bytes.ts";
import type { Canonical } from "../canonical.ts";
import { settingOf, valueClaim } from "../setting.ts";
import { add, type Filled } from "../template.ts";

const REQUEST_ID = "header:x-fal-webhook-request-id";
const USER_ID = "header:x-fal-webhook-user-id";

/**
 * Request id, user id, time and the SHA-256 of the body in hex, each on a line (docs.fal.ai, "Verifying your webhook"). fal
 * signs for all its users with the same keys: a line `user=` before them says whose requests count.
 */
export const fal: Canonical = ({ reader, time, secret }, received) => {
  const filled: Filled = { parts: [], absent: [] };
  const header = (at: typeof REQUEST_ID | typeof USER_ID) => {
    const value = reader.first(at);
    add(filled, at, value === undefined ? undefined : wireBytes(value));
  };
  const text = (from: string, value: string | undefined) =>
    add(filled, from, value === undefined ? undefined : utf8(value));
  header(REQUEST_ID);
  text("text", "\n");
  header(USER_ID);
  text("text", "\n");
  text("time", time);
  text("text", "\n");
  text("body-sha256", reader.bodySha256);
  const user = settingOf(secret, "user");
  const isSigned = received.some((group) => group.length > 0);
  return [
    ...received.map((group) => ({
      messages: [filled.parts],
      absent: filled.absent,
      received: group,
    })),
    ...(user && isSigned ? [valueClaim(USER_ID, reader.first(USER_ID), [user])] : []),
  ];
};
