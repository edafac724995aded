import { HooklensError } from "../errors.ts";

/** Between two pieces of a file that is sent to us. */
const SILENCE_MS_MAX = 30_000;

/** A file as it comes; a sender that says nothing for half a minute is given up. @throws body_stalled */
export async function* withinTime(file: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = file.getReader();
  try {
    for (;;) {
      const silence = Promise.withResolvers<never>();
      const timer = setTimeout(() => silence.reject(stalled()), SILENCE_MS_MAX);
      const next = await Promise.race([reader.read(), silence.promise]).finally(() =>
        clearTimeout(timer),
      );
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const stalled = () =>
  new HooklensError("body_stalled", "Nothing came for half a minute. What was read is stored.");
