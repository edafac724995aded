import type { Scheme } from "../../providers/scheme.ts";
import { schemesOf } from "../schemes.ts";
import { checkPlan } from "./check-plan.ts";
import { frameworks } from "./frameworks.ts";
import type { HandlerCode, HandlerKind } from "./handler-kind.ts";
import { inputsOf } from "./inputs.ts";
import { nodeCheck } from "./node-check.ts";
import { pythonCheck } from "./python-check.ts";
import { pythonPackages } from "./python-public-key.ts";

/**
 * A handler that takes a provider's webhooks and checks their signature over the raw body, with what the language brings
 * along (Python's has no public keys: there the package `cryptography`). Null for a scheme that takes more than that:
 * certificates, tokens, most messages put together by rules of their own.
 */
export function handlerCode(
  providerId: string,
  schemeId: string,
  kind: HandlerKind,
): HandlerCode | null {
  const scheme = schemesOf(providerId).find(({ id }) => id === schemeId);
  const plan = scheme ? checkPlan(scheme) : null;
  if (!scheme || !plan) return null;
  const { language, file, before, after } = frameworks[kind];
  const path = `/webhooks/${providerId}`;
  const held = scheme.proof.kind === "public-key" ? "PUBLIC_KEY" : "SECRET";
  const setting = `${providerId.toUpperCase().replaceAll("-", "_")}_${held}`;
  const check = language === "python" ? pythonCheck : nodeCheck;
  const lines = [
    ...aboutLines(scheme, language),
    ...(language === "javascript" ? before : []),
    ...(language === "python"
      ? pythonOrder(check(plan, setting), [...pythonPackages(plan), ...before])
      : [check(plan, setting)]),
    ...after(path, inputsOf(plan)),
  ];
  return { kind, language, file: file(path), code: `${lines.join("\n")}\n` };
}

function aboutLines({ id, proof, secret }: Scheme, language: HandlerCode["language"]): string[] {
  const mark = language === "python" ? "#" : "//";
  const held = proof.kind === "public-key" ? "key" : "secret";
  return [`${mark} ${id}. The ${held} is the ${secret.label}: ${secret.where}.`];
}

/** The standard library's imports come before those of packages. */
function pythonOrder(check: string, imports: readonly string[]): string[] {
  const blank = check.indexOf("\n\n");
  return [check.slice(0, blank), "", ...imports, check.slice(blank + 1)];
}
