import { headerValue } from "#lib/contract/headers.ts";
import type { Tried } from "#lib/contract/relay-schemas.ts";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import type { Route } from "./route.ts";

type Asked = { request: Pick<CapturedRequest, "method" | "target">; route: Route; tried: Tried };

/** What an answer that is no success probably means; null when it says all by itself. */
export function hintFor({ request, route: { way }, tried }: Asked): string | null {
  const { status, url } = tried;
  if (way.kind !== "url" || status === null || tried.error) return null;
  if (status >= 300 && status < 400 && status !== 304) return redirectHint(request.method, tried);
  if (status === 404 || status === 405) {
    const asked = pathOf(url ?? "");
    const appended = way.append && request.target !== "" && asked !== pathOf(way.url);
    const origin = appended
      ? `--to ${way.url} and the captured ${request.target} (--no-append leaves that out)`
      : `--to ${way.url}`;
    return `Your app has no ${request.method} ${asked}: it came from ${origin}.`;
  }
  if (
    status === 421 ||
    (status === 400 && way.hostHeader === null && /host/i.test(firstText(tried)))
  ) {
    return `Your app may want another Host than ${way.target.authority}: --host-header NAME sets it.`;
  }
  return null;
}

function redirectHint(method: string, { status, headers }: Tried): string {
  const location = headerValue(headers, "location");
  const turns = status !== 307 && status !== 308 && method !== "GET" && method !== "HEAD";
  const meaning = turns
    ? `Redirects are not followed, and one with ${status} would turn ${method} into GET and drop the body.`
    : "Redirects are not followed.";
  return location ? `${meaning} Give --to the address that it leads to: ${location}` : meaning;
}

const firstText = ({ body }: Tried) => Buffer.from(body.subarray(0, 500)).toString("latin1");

/** What stands in the request line. */
function pathOf(url: string): string {
  const rest = url.replace(/^https?:\/\/[^/?]*/i, "");
  return rest.startsWith("/") ? rest : `/${rest}`;
}
