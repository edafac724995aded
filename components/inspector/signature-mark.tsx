import { ShieldCheck, ShieldX } from "lucide-react";
import type { Signature } from "#lib/contract/requests.ts";

const marks = {
  verified: { icon: ShieldCheck, tone: "text-good", words: "signature verified" },
  failed: { icon: ShieldX, tone: "text-bad", words: "signature failed" },
};

/** Whether a request's signature was found genuine; nothing for one that was not checked. */
export function SignatureMark({ status }: Pick<Signature, "status">) {
  if (status === "unchecked") return null;
  const { icon: Icon, tone, words } = marks[status];
  return (
    <span className={`shrink-0 self-center ${tone}`} title={words}>
      <Icon size={13} strokeWidth={2} aria-hidden />
      <span className="sr-only">{words}</span>
    </span>
  );
}
