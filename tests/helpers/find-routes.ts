import { readdirSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(path.join(ROOT, folder), path.join(entry.parentPath, entry.name)),
    );
}

/** The path that a file of app/ is served at: groups in parentheses are no part of it. */
const servedAt = (file: string) =>
  `/${path
    .dirname(file)
    .split(path.sep)
    .filter((part) => part !== "." && !part.startsWith("("))
    .join("/")}`;

export type Found = { routes: string[]; pages: string[]; publicFiles: string[] };

/** Every door that Next opens: from the files themselves, so that none is forgotten. */
export function findRoutes(): Found {
  const app = filesBelow("app");
  return {
    routes: app
      .filter((file) => path.basename(file) === "route.ts")
      .map(servedAt)
      .sort(),
    pages: app
      .filter((file) => path.basename(file) === "page.tsx")
      .map(servedAt)
      .sort(),
    publicFiles: [
      ...filesBelow("public"),
      ...app.filter((file) => /^(?:icon|apple-icon|opengraph-image|favicon)\./.test(file)),
    ]
      .map((file) => `/${file}`)
      .sort(),
  };
}
