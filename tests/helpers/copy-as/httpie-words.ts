import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Copy } from "./run-copies.ts";

/** What a command for HTTPie stands for, by the grammar in its documentation. Names and values hold a character per byte. */
export type HttpieWords = {
  method: string;
  url: string;
  headers: [string, string][];
  bodySha256: string;
};

/** Reads what bash made of a text; null when it held no command. */
export function httpieWords({ folder }: Copy): HttpieWords | null {
  const file = path.join(folder, "args");
  if (!existsSync(file)) return null;
  const words = readFileSync(file, "latin1").split("\0").slice(0, -1);
  const at = words.findIndex((word) => word.startsWith("http://"));
  const rawAt = words.indexOf("--raw");
  const body =
    rawAt < 0
      ? readFileSync(path.join(folder, "stdin"))
      : Buffer.from(words[rawAt + 1] ?? "", "latin1");
  return {
    method: words[at - 1] ?? "",
    url: words[at] ?? "",
    headers: words.slice(at + 1, rawAt < 0 ? words.length : rawAt).flatMap(header),
    bodySha256: createHash("sha256").update(body).digest("hex"),
  };
}

/** `name:value` and `name;` are sent; `name:` takes a header away. */
function header(item: string): [string, string][] {
  const [, name = "", mark, value = ""] = /^([^:;]+)([:;])(.*)$/s.exec(item) ?? [];
  if (mark === ":" && value === "") return [];
  return [[name, value.replace(/^\\(?=[=@])/, "")]];
}
