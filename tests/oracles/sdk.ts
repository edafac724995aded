import { createRequire } from "node:module";
import path from "node:path";

/** Packages of their own: what a few tests compare with is none of the project's dependencies. */
const SDKS = path.join(import.meta.dirname, "sdks");
const requireSdk = createRequire(path.join(SDKS, "package.json"));

/**
 * A package by its name. The packages may be absent where types are checked, so that a caller says what it takes of them.
 */
export const sdk = <Shape>(name: string): Shape => requireSdk(name) as Shape;

/** One file of a package, where the whole would load an HTTP client, or opens sockets. */
export const sdkFile = <Shape>(name: string, file: string): Shape =>
  requireSdk(path.join(SDKS, "node_modules", name, file)) as Shape;
