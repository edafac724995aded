const NAME_MAX = 120;
/** Some browsers read the bytes only after the click has returned. */
const KEPT_MS = 60_000;

/** A sender's file name without what turns text around, hides or leaves the folder; never empty. */
export function safeFileName(name: string | null): string {
  const plain = (name ?? "").replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").replace(/[/\\:*?"<>|]/g, "_");
  const end = Array.from(plain).slice(-NAME_MAX).join("");
  return end.replace(/^[.\s]+/, "").trim() || "part.bin";
}

/** Hands exactly these bytes to the browser's downloads, as a type that nothing opens. */
export function saveBytes(bytes: Uint8Array<ArrayBuffer>, name: string | null): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = safeFileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
