const PATHS_MAX = 200;
const BYTES_MAX = 256 * 1024;
const SHOWN_CHARACTERS = 60;
const PLAIN_NAME = /^[A-Za-z_][\w-]*$/;

/** The values of a JSON body with the paths that hide them, whatever their place in a list; none for another body. */
export function pathsIn(body: Buffer): { path: string; value: string }[] {
  if (body.length > BYTES_MAX) return [];
  const found = new Map<string, string>();

  function look(value: unknown, path: string): void {
    if (found.size >= PATHS_MAX) return;
    if (Array.isArray(value)) {
      for (const element of value) look(element, `${path}[*]`);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        const step = PLAIN_NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
        look(member, path === "" ? step.replace(/^\./, "") : `${path}${step}`);
      }
    } else if (path !== "" && !found.has(path)) {
      found.set(path, String(value).slice(0, SHOWN_CHARACTERS));
    }
  }

  try {
    look(JSON.parse(body.toString()), "");
  } catch {
    return [];
  }
  return [...found].map(([path, value]) => ({ path, value }));
}
