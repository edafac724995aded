import type { Change } from "#lib/contract/forwards.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Draft } from "#lib/forward/draft.ts";
import { headerChanges } from "#lib/forward/header-changes.ts";
import { sign } from "#lib/signatures/sign.ts";
import { SignError } from "#lib/signatures/sign-error.ts";
import { signsUrl } from "#lib/signatures/signs-url.ts";
import type { LocalSecrets } from "./local-secrets.ts";

type Resigned = {
  draft: Draft;
  url: string | null;
  changes: Change[];
  /** Why it was left as it came; null when it was signed. */
  unsigned: string | null;
};

/** Signs what is about to be sent; `url` is null for a command. */
export type Resign = (
  provider: CapturedRequest["provider"],
  draft: Draft,
  url: string | null,
) => Promise<Resigned>;

/** Never throws: what can't be signed goes on as it came, which is said. */
export function createResign(secrets: () => LocalSecrets): Resign {
  return async (provider, draft, url) => {
    const left = (unsigned: string) => ({ draft, url, changes: [], unsigned });
    if (!provider) return left("nobody knows who sent it");
    const [secret] = secrets().of(provider.id);
    if (!secret) return left(`there is no secret of ${provider.name} here`);
    if (url === null && signsUrl(provider.id)) {
      return left(`${provider.name} signs the URL too, and a command has none`);
    }
    try {
      const nowMs = Date.now();
      const signed = await sign({ ...draft, url: url ?? "" }, provider.id, secret, { nowMs });
      return {
        draft: { ...draft, headers: signed.headers, body: Buffer.from(signed.body) },
        url: url === null ? null : signed.url,
        changes: headerChanges(draft.headers, signed),
        unsigned: null,
      };
    } catch (error) {
      if (error instanceof SignError) return left(error.message.replace(/\.$/, ""));
      throw error;
    }
  };
}
