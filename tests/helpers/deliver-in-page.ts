import { deliver } from "#components/browser/deliver.ts";
import { ApiError } from "#lib/contract/calls.ts";
import { createApiClient } from "#lib/contract/client.ts";
import type { Forward } from "#lib/contract/forwards.ts";

type Asked = {
  binId: string;
  key: string;
  to: string;
  requests: { id: string; bodySize: number }[];
};
export type Delivered = { forward: Forward } | { refused: string; code: string };

/** A browser opens six connections to one host at most. */
const AT_ONCE = 6;

/** Has the page that this is evaluated in deliver all of these, by its own code. Answered in their order. */
export async function deliverAll({ binId, key, to, requests }: Asked): Promise<Delivered[]> {
  const api = createApiClient({ key });
  const delivered: Delivered[] = [];
  const left = requests.entries();
  const work = async () => {
    for (const [index, request] of left) {
      const input = { to, append: true, mode: "cors" as const };
      delivered[index] = await deliver(api, { binId, ...request }, input, () => undefined).then(
        (forward) => ({ forward }),
        (error: unknown) => {
          if (!(error instanceof ApiError)) throw error;
          return { refused: error.errors[0]?.detail ?? error.message, code: error.code };
        },
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return delivered;
}
