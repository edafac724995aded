import type { DestinationHeaders } from "../contract/destinations.ts";
import type { FieldError } from "../errors.ts";
import { FORWARD_ID_HEADER, isForwardIdName } from "../forward/circle.ts";
import { editErrors } from "../forward/edit.ts";
import { HOP_BY_HOP } from "../forward/hop-by-hop.ts";

/** What a destination's headers can't be: no header at all, or one whose setting every request would lose again. */
export function* headerMistakes({ add, remove }: DestinationHeaders): Generator<FieldError> {
  const added = add.map(([name, value]): [string, string] => [name, value ?? ""]);
  for (const { pointer, detail } of editErrors({ headers: added })) {
    yield { pointer: pointer.replace("/edit/headers", "/headers/add"), detail };
  }
  for (const [place, [name]] of add.entries()) {
    const detail = whyNotAdded(name);
    if (detail) yield { pointer: `/headers/add/${place}/0`, detail };
  }
  const names = remove.map((name): [string, string] => [name, ""]);
  for (const { pointer, detail } of editErrors({ headers: names })) {
    if (!pointer.endsWith("/0")) continue;
    yield { pointer: pointer.replace(/^\/edit\/headers(.*)\/0$/, "/headers/remove$1"), detail };
  }
  for (const [place, name] of remove.entries()) {
    const detail = whyKept(name);
    if (detail) yield { pointer: `/headers/remove/${place}`, detail };
  }
}

function whyNotAdded(name: string): string | null {
  if (isForwardIdName(name)) return `${FORWARD_ID_HEADER} is set by Hooklens itself`;
  if (HOP_BY_HOP.has(name.toLowerCase())) {
    return `${name} concerns one connection only, and is not sent on`;
  }
  return whyRebuilt(name);
}

function whyKept(name: string): string | null {
  if (!isForwardIdName(name)) return whyRebuilt(name);
  return `${FORWARD_ID_HEADER} stays: without it a circle can't be told from new requests`;
}

function whyRebuilt(name: string): string | null {
  switch (name.toLowerCase()) {
    case "host":
      return "Host is that of the URL: change it there";
    case "content-length":
      return "Content-Length is counted from the body that is sent";
    default:
      return null;
  }
}
