import type { Scheme } from "../../providers/scheme.ts";
import { schemesOf } from "../schemes.ts";
import { certificateInputs, certificatePlan } from "./certificate-plan.ts";
import { checkPlan } from "./check-plan.ts";
import { frameworks, type HandedTo } from "./frameworks.ts";
import type { HandlerCode, HandlerKind } from "./handler-kind.ts";
import { inputsOf } from "./inputs.ts";
import { nodeCertificate } from "./node-certificate.ts";
import { nodeCheck } from "./node-check.ts";
import { nodeToken } from "./node-token.ts";
import { pythonCertificate, pythonCertificatePackages } from "./python-certificate.ts";
import { pythonCheck } from "./python-check.ts";
import { pythonPackages } from "./python-public-key.ts";
import { pythonToken, pythonTokenPackages } from "./python-token.ts";
import { tokenPlan } from "./token-plan.ts";
import { writtenChecks } from "./written/written-checks.ts";

/**
 * A handler that takes a provider's webhooks and checks their signature over the raw body, with what the language brings
 * along (Python's has no public keys: there the package `cryptography`). Null for a scheme that is not known.
 */
export function handlerCode(
  providerId: string,
  schemeId: string,
  kind: HandlerKind,
): HandlerCode | null {
  const scheme = schemesOf(providerId).find(({ id }) => id === schemeId);
  const { language, file, before, after } = frameworks[kind];
  const held = scheme?.proof.kind === "public-key" ? "PUBLIC_KEY" : "SECRET";
  const setting = `${providerId.toUpperCase().replaceAll("-", "_")}_${held}`;
  const check = scheme ? checkOf(scheme, language, setting) : null;
  if (!scheme || !check) return null;
  const path = `/webhooks/${providerId}`;
  const lines = [
    ...aboutLines(scheme, check, language),
    ...(language === "javascript" ? before(check) : []),
    ...(language === "python"
      ? pythonOrder(check.text, [...check.packages, ...before(check)])
      : [check.text]),
    ...after(path, check),
  ];
  return { kind, language, file: file(path), code: `${lines.join("\n")}\n` };
}

type Check = HandedTo & { text: string; packages: string[]; about?: string };

/** Null for a scheme that no check is written for. */
function checkOf(scheme: Scheme, language: HandlerCode["language"], setting: string): Check | null {
  const isPython = language === "python";
  const written = writtenChecks[scheme.id];
  if (written) {
    const { inputs, packages, asks } = written;
    const text = written[language](setting).join("\n");
    return { text, packages, inputs, ...(asks && { about: asks.about, isAsking: true }) };
  }
  const token = tokenPlan(scheme);
  if (token) {
    const text = (isPython ? pythonToken : nodeToken)(token, setting);
    return {
      text,
      packages: pythonTokenPackages(token),
      inputs: token.digest ? ["header", "body"] : ["header"],
    };
  }
  const certificate = certificatePlan(scheme);
  if (certificate) {
    const text = (isPython ? pythonCertificate : nodeCertificate)(certificate, setting);
    return { text, packages: pythonCertificatePackages, inputs: certificateInputs(certificate) };
  }
  const plan = checkPlan(scheme);
  if (!plan) return null;
  const text = (isPython ? pythonCheck : nodeCheck)(plan, setting);
  return { text, packages: pythonPackages(plan), inputs: inputsOf(plan) };
}

function aboutLines(
  { id, proof, secret }: Scheme,
  { about }: Check,
  language: HandlerCode["language"],
): string[] {
  const mark = language === "python" ? "#" : "//";
  const held = proof.kind === "public-key" ? "key" : "secret";
  const text = `${id}. ${about ?? `The ${held} is the ${secret.label}: ${secret.where}.`}`;
  return (text.match(WIDE) ?? []).map((line) => `${mark} ${line.trim()}`);
}

/** As much as is read without scrolling, up to a space. */
const WIDE = /(?:\S{97,}|.{1,96})(?:\s|$)/g;

/** The standard library's imports come before those of packages. */
function pythonOrder(check: string, imports: readonly string[]): string[] {
  const blank = check.indexOf("\n\n");
  return [check.slice(0, blank), "", ...imports, check.slice(blank + 1)];
}
