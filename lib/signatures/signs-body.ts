import { schemesOf } from "./schemes.ts";
import { variablesOf } from "./template.ts";

/** Whether all ways by which a provider signs cover every byte of the body. */
export function signsBody(providerId: string): boolean {
  const schemes = schemesOf(providerId);
  const covers = schemes.every(
    ({ message }) =>
      !("canonical" in message) &&
      message.every((template) => variablesOf(template).some((name) => /^body\b/.test(name))),
  );
  return schemes.length > 0 && covers;
}
