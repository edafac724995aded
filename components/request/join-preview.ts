import { joinTarget, parseTarget } from "#lib/forward/target.ts";
import { messageOf } from "#lib/message-of.ts";

export type JoinPreview =
  | { kind: "url"; url: string }
  | { kind: "invalid"; message: string }
  | { kind: "empty" };

/** Names and addresses that mean the machine itself. */
export const isLoopbackUrl = (url: string): boolean =>
  /^https?:\/\/(localhost|[^/?#]+\.localhost|127\.[\d.]+|\[::1\])(:|\/|\?|#|$)/i.test(url);

/** Where a request would go: the typed URL, with the captured target joined to it when asked for. */
export function previewJoin(to: string, captured: string, append: boolean): JoinPreview {
  if (!to.trim()) return { kind: "empty" };
  try {
    const target = parseTarget(to.trim());
    const line = joinTarget(target, captured, append);
    return { kind: "url", url: `${target.scheme}://${target.authority}${line}` };
  } catch (error) {
    return { kind: "invalid", message: messageOf(error) };
  }
}
