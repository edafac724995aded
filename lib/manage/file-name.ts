/** Types whose files a double click shows and does not run. Everything else, HTML and SVG before all, is a .bin. */
const extensions: Record<string, string> = {
  "application/json": "json",
  "application/pdf": "pdf",
  "application/x-www-form-urlencoded": "txt",
  "application/xml": "xml",
  "image/gif": "gif",
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "text/csv": "csv",
  "text/plain": "txt",
};

/** A name for a downloaded body, made of nothing that the sender wrote. */
export function fileName(seq: number, contentType: string | null): string {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const known = Object.hasOwn(extensions, type) ? extensions[type] : undefined;
  const extension = known ?? (type.endsWith("+json") ? "json" : "bin");
  return `request-${seq}-body.${extension}`;
}

const NAME_CHARACTERS_MAX = 40;

/** A name for a file of many requests: of the bin's own name only what is safe in every file system. */
export function exportFileName(
  bin: { id: string; name: string | null },
  at: Date,
  extension: string,
): string {
  const plain = (bin.name ?? "").toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const name = plain.replace(/^-+/, "").slice(0, NAME_CHARACTERS_MAX).replace(/-+$/, "");
  const moment = at.toISOString().slice(0, 19).replace("T", "-").replaceAll(":", "");
  return `hooklens-${name || bin.id}-${moment}.${extension}`;
}
