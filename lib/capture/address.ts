/** Where a capture goes, cut from the request line without decoding anything. */
export type CaptureAddress = {
  binId: string;
  /** What follows the bin, raw: "", "/", "?x", "//a" ... */
  target: string;
  /** What stands before `target` in the request line. */
  targetPrefix: string;
  /** Scheme and host of an absolute-form target (RFC 9112 3.2.2), else null. */
  absoluteOrigin: string | null;
};

const ABSOLUTE_FORM = /^(https?:\/\/[^/?#]*)(.*)$/is;
const PREFIX = "/in/";

/**
 * Reads the target of a request line. Null: not a capture URL. The spelling is exact: `/IN/b` and `//in/b` are not.
 * A bin's id ends at the first `/`, `?` or `#`, and is not checked here.
 */
export function parseCaptureAddress(requestTarget: string): CaptureAddress | null {
  let origin: string | null = null;
  let path = requestTarget;
  if (!path.startsWith("/")) {
    const absolute = ABSOLUTE_FORM.exec(path);
    if (!absolute) return null;
    origin = absolute[1] as string;
    path = absolute[2] as string;
  }
  if (!path.startsWith(PREFIX)) return null;
  let end = PREFIX.length;
  for (; end < path.length; end++) {
    const code = path.charCodeAt(end);
    if (code === 0x2f || code === 0x3f || code === 0x23) break;
  }
  return {
    binId: path.slice(PREFIX.length, end),
    target: path.slice(end),
    targetPrefix: (origin ?? "") + path.slice(0, end),
    absoluteOrigin: origin,
  };
}
