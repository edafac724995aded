import { serve } from "../side-thread/serve.ts";
import { type AskedRedaction, redactRequest } from "./redact.ts";
import type { RedactionOutcome } from "./redactions.ts";

serve(({ given, body, ...asked }: AskedRedaction): RedactionOutcome => {
  const bytes = body && Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const redacted = redactRequest(given, bytes, asked);
  return { request: redacted.request, body: new Uint8Array(redacted.body) };
});
