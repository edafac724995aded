import { toByteText } from "./byte-text.ts";
import { readDecimal } from "./decimal.ts";
import { addGrams, numberHash, RequestIndex, valueHash } from "./index-terms.ts";
import type { BodyValue } from "./json-values.ts";
import { walkJson } from "./json-walk.ts";
import { fold } from "./pattern.ts";
import { bodyScope, cutScopes, headerScope, innerScope, queryScope, type Scope } from "./scope.ts";
import { SEARCHED_BODY_BYTES, type Subject } from "./subject.ts";

/** Every term that a query may ask this request for (narrowing.ts asks). All there are when some can't be found out. */
export function indexRequest(subject: Subject): RequestIndex {
  const index = new RequestIndex();
  for (const line of subject.lines) addGrams(line, index);
  addGrams(subject.bodyText, index);
  for (const [name, value] of subject.request.headers) addText(headerScope(name), value, index);
  for (const [name, value] of subject.query) {
    addText(queryScope(name), value, index);
    addDecodedGrams(value, index);
  }
  const { values } = subject;
  if (values.kind === "json") addJson(values.text, subject.request.bodySize, index);
  if (values.kind === "form") {
    for (const { name, value } of values.fields) addFormField(name, value, index);
  }
  return index;
}

/** That there is a value here, its text, and its number if it is one. */
function addText(scope: Scope, text: string, index: RequestIndex): void {
  index.addHash(scope);
  index.addHash(valueHash(scope, text));
  const number = mayBeNumber(text) ? readDecimal(text.trim()) : null;
  if (number) index.addNumber(scope, number);
}

/** False for most texts at one look at their end, where a number has a digit, or a space behind it. */
function mayBeNumber(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  return (last >= 0x30 && last <= 0x39) || last <= 0x20 || last >= 0x7f;
}

/** For values that don't stand in the request as they are, or lie behind what words are looked for in. */
function addDecodedGrams(value: string, index: RequestIndex): void {
  addGrams(toByteText(fold(value)), index);
}

function addFormField(name: string, value: string, index: RequestIndex): void {
  // A path with a wildcard asks for what stands before it.
  index.addHash(bodyScope);
  for (const scope of cutScopes(bodyScope, name)) index.addHash(scope);
  addText(innerScope(bodyScope, name), value, index);
  addDecodedGrams(value, index);
}

function addJson(text: string, bodySize: number, index: RequestIndex): void {
  const isLong = bodySize > SEARCHED_BODY_BYTES;
  const isAll = walkJson(text, (scope, value, isAsWritten) => {
    addJsonValue(scope, value, index);
    if (value.kind !== "group" && (isLong || !isAsWritten)) addDecodedGrams(value.text, index);
  });
  if (!isAll) index.isUnsure = true;
}

function addJsonValue(scope: Scope, value: BodyValue, index: RequestIndex): void {
  if (value.kind === "group") return index.addHash(scope);
  const number = value.kind === "literal" ? readDecimal(value.text) : null;
  if (!number) return addText(scope, value.text, index);
  // Its text need not be in the index: who asks for that asks for the number.
  index.addHash(scope);
  index.addHash(numberHash(scope, number));
  index.addNumber(scope, number);
}
