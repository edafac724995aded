import packageJson from "../package.json" with { type: "json" };

export const VERSION = packageJson.version;

/** The server that hands this command out writes its own origin into the file's first lines (lib/http/cli-package.ts). */
export function originInside(): string | null {
  const origin: unknown = Reflect.get(globalThis, Symbol.for("hooklens.origin"));
  return typeof origin === "string" ? origin : null;
}

/** How this command was called, to be shown in what a person can paste: by npx it is nowhere under its short name. */
export function ownName(env: NodeJS.ProcessEnv): string {
  const origin = originInside();
  return env["npm_command"] === "exec" && origin ? `npx ${origin}/cli-${VERSION}.tgz` : "hooklens";
}
