import type { BrowserReport } from "../contract/browser-forwards.ts";
import { BROWSER_SEND_MS_MAX } from "../contract/browser-limits.ts";
import type { Attempt } from "../contract/forwards.ts";

type Failed = Extract<BrowserReport["result"], { kind: "failed" }>;
type AttemptError = NonNullable<Attempt["error"]>;

/** Until the page reports: what its closing would leave is then already true. */
export const unreported: AttemptError = {
  code: "interrupted",
  message:
    "The page that was to send it has not reported: it was closed, or is cut off. The attempt may have been made: the target may have handled the request.",
};

/** Why an attempt of a browser is none that is known to have arrived; null when its answer was seen whole. */
export function browserError({ result }: BrowserReport, url: string): AttemptError | null {
  switch (result.kind) {
    case "answer":
      return result.cut
        ? {
            code: "reset",
            message: `${hostOf(url)} cut the connection in the middle of its answer.`,
          }
        : null;
    case "unseen":
      return {
        code: "unseen",
        message: result.redirected
          ? "It was answered with a redirect, which a browser neither follows here nor shows."
          : "It was sent and something answered. Without CORS a page sees nothing of an answer, so whether it was a good one is not known.",
      };
    case "failed":
      return failure(result, url);
  }
}

function failure({ reason }: Failed, url: string): AttemptError {
  const host = hostOf(url);
  switch (reason) {
    case "not_permitted":
      return {
        code: "not_permitted",
        message: `The browser does not let this page reach apps on its own machine, so nothing reached ${host}. Allow it in the site’s settings, beside the address.`,
      };
    case "cors":
      return {
        code: "cors",
        message: `${host} is there, but it does not give this page leave (CORS). If it refused when the browser asked beforehand, the request was not made; if only its answer lacks the leave, it was made and handled. A page is not told which.`,
      };
    case "blocked":
      return {
        code: "blocked",
        message: `The browser does not say why. A second, plain request to ${host} failed as well: most likely nothing listens there, or the browser or an extension keeps pages from it.`,
      };
    case "undecided":
      return {
        code: "blocked",
        message: `The browser does not say why. Either nothing listens on ${host}, or the browser asked whether this page may reach apps on this machine and got no yes.`,
      };
    case "timeout":
      return {
        code: "timeout",
        message: `No answer of ${host} within ${BROWSER_SEND_MS_MAX / 1_000} s. It may have handled the request, unless the browser was still asking whether this page may reach it.`,
      };
    case "left":
      return {
        code: "interrupted",
        message: `The page was closed or left while it sent this. The attempt may have been made: ${host} may have handled the request.`,
      };
    case "not_sent":
      return {
        code: "interrupted",
        message: "The page could not read what it was to send, so nothing was sent.",
      };
  }
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : "The target");
