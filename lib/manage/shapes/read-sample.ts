import { contentCodings } from "../../contract/content-coding.ts";
import type { ShapeSkipped } from "../../contract/shapes.ts";
import { readFormSample, readSample, type Value } from "../../shapes/value.ts";
import type { StoredSample } from "../../store/shapes.ts";
import { decodeBody } from "../decode-body.ts";

/** A larger body is not checked by documents. */
export const SAMPLE_BYTES_MAX = 1024 * 1024;
/** A larger one is no sample of a shape: this one holds others up for 25 ms. */
export const SHAPED_BYTES_MAX = 256 * 1024;

export type SampleText = { kind: "json" | "form"; text: string };

const FORM = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i;

/** A request's body as a sample, or why it is none. */
export async function readStoredSample(
  stored: StoredSample,
): Promise<{ value: Value } | keyof ShapeSkipped> {
  const read = await readSampleText(stored, SHAPED_BYTES_MAX);
  if (typeof read === "string") return read;
  return (read.kind === "json" ? readSample(read.text) : readFormSample(read.text)) ?? "notJson";
}

/** JSON by its first character, as in a search: many a JSON body comes with a form's type. */
export async function readSampleText(
  stored: StoredSample,
  bytesMax: number,
): Promise<SampleText | keyof ShapeSkipped> {
  if (stored.isCut) return "cut";
  if (stored.bodySize > bytesMax) return "tooLarge";
  const codings = contentCodings(stored.headers);
  const bytes = codings.length === 0 ? stored.body : await decoded(stored.body, codings, bytesMax);
  if (!bytes) return "undecodable";
  const text = new TextDecoder().decode(bytes);
  if (/^[ \t\r\n]*[[{]/.test(text)) return { kind: "json", text };
  return FORM.test(stored.contentType ?? "") ? { kind: "form", text } : "notJson";
}

async function decoded(body: Buffer, codings: string[], bytesMax: number): Promise<Buffer | null> {
  try {
    const { bytes, end } = await decodeBody(body, codings, { bytesMax });
    return end === "whole" ? bytes : null;
  } catch {
    return null;
  }
}
