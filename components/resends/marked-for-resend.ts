const keyOf = (binId: string) => `hooklens:resend:${binId}`;

/** Hands the requests that are marked in the list to the page of resends, in this tab. */
export function keepMarked(binId: string, ids: readonly string[]): void {
  try {
    sessionStorage.setItem(keyOf(binId), JSON.stringify(ids));
  } catch {
    // Without storage the page asks for a query.
  }
}

/** Null when there are none. */
export function readMarked(binId: string): string[] | null {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(binId)) ?? "null");
    const isIds = Array.isArray(stored) && stored.every((id) => typeof id === "string");
    return isIds && stored.length > 0 ? stored : null;
  } catch {
    return null;
  }
}
