import { readFileSync, unwatchFile, watchFile } from "node:fs";

const POLL_MS = 300;

/**
 * Calls back with the file's text each time that it was saved. By looking at it every so often: editors that write a new file
 * in the place of the old one, network drives and Docker's mounts tell a watcher nothing.
 */
export function watchText(file: string, onSaved: (text: string) => void): () => void {
  let last = readOrNull(file);
  const look = () => {
    const text = readOrNull(file);
    // In between an editor's two steps the file may be missing or empty.
    if (text === null || text === last || text.trim() === "") return;
    last = text;
    onSaved(text);
  };
  watchFile(file, { interval: POLL_MS }, look);
  return () => unwatchFile(file, look);
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
