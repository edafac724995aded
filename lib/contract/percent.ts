export type Decoded = {
  text: string;
  /** A % that no two hex digits follow is in it; it is left as it was sent. */
  broken: boolean;
  /** Some decoded bytes are not UTF-8; U+FFFD stands in their place. */
  lossy: boolean;
};

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** Decodes %XX as UTF-8 and, in a form or a query, + as a space (WHATWG URL 5.1). What can't be decoded stays as sent. */
export function percentDecode(raw: string, plusIsSpace = true): Decoded {
  let lossy = false;
  const spaced = plusIsSpace ? raw.replaceAll("+", " ") : raw;
  const text = spaced.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = runBytes(run);
    try {
      return strict.decode(bytes);
    } catch {
      lossy = true;
      return lenient.decode(bytes);
    }
  });
  return { text, lossy, broken: /%(?![0-9a-fA-F]{2})/.test(raw) };
}

function runBytes(run: string): Uint8Array {
  const bytes = new Uint8Array(run.length / 3);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16);
  }
  return bytes;
}
