/** Prepared statements are kept by the server per connection, so only so many texts get a name; the rest are planned anew. */
const NAMES_MAX = 200;

/** Names for Prisma's statements: the same text gets the same name, so that each connection parses it once. */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= NAMES_MAX) return ""; // Unnamed.
    const name = `prisma_${names.size}`;
    names.set(sql, name);
    return name;
  };
}
