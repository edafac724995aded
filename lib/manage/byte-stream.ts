import { setImmediate } from "node:timers/promises";

/** Small pieces go together: one write of 64 KiB costs what one of a byte does. */
const CHUNK_CHARACTERS = 64 * 1024;
/** A reader that takes no chunk for so long is gone, whatever its connection says. */
const STALL_MS = 60_000;

/**
 * Text that is made piece by piece as a stream of its UTF-8, made no faster than it is read. Between two chunks others
 * have their turn. `onEnd` is called once it is over in any way, also when nobody ever read it.
 */
export function toByteStream(
  pieces: AsyncGenerator<string>,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  let stall: NodeJS.Timeout | undefined;

  async function end(): Promise<void> {
    clearTimeout(stall);
    onEnd();
    await pieces.return(undefined);
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    clearTimeout(stall);
    const { bytes, isLast } = await nextChunk(pieces);
    if (bytes.length > 0) controller.enqueue(bytes);
    if (isLast) {
      onEnd();
      return controller.close();
    }
    stall = setTimeout(() => {
      controller.error(new Error("Its reader has stalled."));
      void end();
    }, STALL_MS);
    await setImmediate();
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        pull(controller).catch(async (error: unknown) => {
          await end();
          throw error;
        }),
      cancel: end,
    },
    { highWaterMark: 1 },
  );
}

async function nextChunk(
  pieces: AsyncGenerator<string>,
): Promise<{ bytes: Buffer; isLast: boolean }> {
  const chunk: string[] = [];
  let characters = 0;
  let isLast = false;
  while (characters < CHUNK_CHARACTERS && !isLast) {
    const next = await pieces.next();
    isLast = next.done === true;
    if (next.done) break;
    chunk.push(next.value);
    characters += next.value.length;
  }
  return { bytes: Buffer.from(chunk.join("")), isLast };
}
