import { fromBase64 } from "#components/body/base64.ts";

/** User and password of an Authorization value in the Basic scheme (RFC 7617), or null. */
export function readBasic(value: string): { user: string; password: string } | null {
  const token = /^basic +(\S+)\s*$/i.exec(value)?.[1];
  const text = token === undefined ? null : decode(token);
  const colon = text?.indexOf(":") ?? -1;
  if (text === null || colon === -1) return null;
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function decode(token: string): string | null {
  try {
    return new TextDecoder().decode(fromBase64(token));
  } catch {
    return null;
  }
}
