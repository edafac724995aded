import type { Scheme } from "../../providers/scheme.ts";
import type { Plan } from "../plan.ts";
import { readerOf } from "../reader.ts";
import type { SignedRequest } from "../subject.ts";
import { readTime } from "../timestamp.ts";
import type { Reason, Verdict } from "../verdict.ts";
import type { FactCode, Finding } from "./finding.ts";

/** What the verdict of a plan says of itself, in words. */
export function factOf(verdict: Verdict, plan: Plan, request: SignedRequest): Finding | null {
  const { reason, status } = verdict;
  if (reason === null || reason === "mismatch") return apiKeyFact(plan);
  if (reason === "stale") return unitFact(plan) ?? staleFact(verdict, plan);
  if (status !== "failed") return null;
  if (reason === "missing") return missingFact(plan, request);
  const { title, advice } = facts[reason](plan);
  return fact(reason, plan, title, advice);
}

const places = ({ signature }: Scheme): string =>
  signature.at.map((at) => at.replace(/^header:/, "")).join(" or ");

function formWords({ signature: { prefix = "", encoding, jws }, proof }: Scheme): string {
  if (jws) return `${prefix}a token (JWS) of ${jws.algorithm}`;
  const what = proof.kind === "public-key" ? "a signature" : "a digest";
  return `${prefix.trim() && `${prefix.trim()} and `}${what} in ${encoding}`;
}

const facts: Record<
  Exclude<Reason, "missing" | "mismatch" | "stale">,
  (plan: Plan) => { title: string; advice: string }
> = {
  malformed: ({ scheme, claims }) => ({
    title: `What stands in ${places(scheme)} is no signature of this scheme`,
    advice: `It should be ${formWords(scheme)}, whole; ${lengthWords(claims)}.`,
  }),
  bad_secret: ({ scheme }) => ({
    title: "The secret can't be one of this scheme",
    advice: `Keep the ${scheme.secret.label}: ${scheme.secret.where}.`,
  }),
  incomplete: ({ claims, time }) => ({
    title: `Something that is signed did not come with it: ${absentWords(claims, time)}`,
    advice: "Without it nobody can check the signature. Look for a proxy that takes headers out.",
  }),
  bad_timestamp: ({ time }) => ({
    title: "Its timestamp can't be read",
    advice: `This scheme writes it ${unitWords[time?.form.unit ?? "s"]}.`,
  }),
  expired: ({ key }) => ({
    title: `The signature fits, but the certificate ${validityWords(key)}`,
    advice: "Paste the one that the sender signs with now. Did it come so late, it may be forged.",
  }),
  body_cut: () => ({
    title: "Only the beginning of the body was kept",
    advice:
      "So nobody can tell whether the signature fits. Raise this server's limit, or send less.",
  }),
};

function validityWords(key: Plan["key"]): string {
  const { fromMs, untilMs } = key?.validity ?? { fromMs: 0, untilMs: 0 };
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return `holds from ${day(fromMs)} to ${day(untilMs)} only`;
}

const unitWords = {
  s: "in seconds since 1970",
  ms: "in milliseconds since 1970",
  iso: "as 2026-01-31T12:00:00Z",
  http: "as an HTTP date",
};

function lengthWords(claims: Plan["claims"]): string {
  const lengths = claims.flatMap(({ received }) => received.map(({ text }) => text.length));
  return `it has ${lengths.join(" and ")} characters`;
}

function absentWords(claims: Plan["claims"], time: Plan["time"]): string {
  const absent = claims.flatMap((claim) => claim.absent);
  if (time && time.text === undefined) absent.push("time");
  return [...new Set(absent)].map((variable) => variable.replace(/^header:/, "")).join(", ");
}

/** What is there may be another scheme's, or none. */
function missingFact(plan: Plan, request: SignedRequest): Finding {
  const { signature } = plan.scheme;
  const values = signature.at.flatMap((at) => readerOf(request).all(at));
  if (values.length === 0) {
    return fact(
      "missing",
      plan,
      `No signature came with it: no ${places(plan.scheme)}`,
      "The sender signs once a secret is set on its side. A proxy may also have taken the header out.",
    );
  }
  const isEmpty = values.every((value) => (value ?? "").trim() === "");
  const wanted = signature.prefix ? `that begins with ${signature.prefix.trim()}` : "";
  return fact(
    "missing",
    plan,
    isEmpty
      ? `${places(plan.scheme)} is there, and empty`
      : `What stands in ${places(plan.scheme)} holds no signature of this scheme`,
    `The sender puts one there ${wanted} once a secret is set on its side.`.replace("  ", " "),
  );
}

/** How far a time may lie from the arrival that was only written in another unit. */
const UNIT_MS_MAX = 86_400_000;

/** Seconds taken for milliseconds, or the other way round. */
function unitFact(plan: Plan): Finding | null {
  const { form, text = "", ms, ageSeconds } = plan.time ?? {};
  if (!form || ms == null || ageSeconds == null || !/^(?:s|ms)$/.test(form.unit)) return null;
  const other = form.unit === "s" ? "ms" : "s";
  const meant = readTime(text, other);
  if (meant === null || Math.abs(ms + ageSeconds * 1_000 - meant) > UNIT_MS_MAX) return null;
  return fact(
    "time_unit",
    plan,
    `The signature fits, but its time is written ${unitWords[other]}`,
    `This scheme writes it ${unitWords[form.unit]}: so the provider's own code takes it for another time.`,
  );
}

function staleFact({ timestampAgeSeconds }: Verdict, plan: Plan): Finding {
  const age = timestampAgeSeconds ?? 0;
  const tolerance = plan.time?.form.toleranceSeconds ?? 0;
  if (age < 0) {
    return fact(
      "future",
      plan,
      `The signature fits, but its time was ${words(-age)} ahead on arrival`,
      `The provider's own code allows ${words(tolerance)}: a clock is wrong, here or there.`,
    );
  }
  return fact(
    "stale",
    plan,
    `The signature fits, but it was ${words(age)} old on arrival`,
    `The provider's own code allows ${words(tolerance)}. It was kept and sent again without being signed anew, or a clock is wrong.`,
  );
}

function words(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : `${Math.round(seconds / 86_400)} d`;
}

/** Keys of an account's API, by how their providers write them. */
const API_KEY =
  /^(?:[spr]k_(?:live|test)_|gh[pousr]_|github_pat_|xox[a-z]-|shp(?:at|ca|pa)_|SG\.|AC[0-9a-f]{32}$|AKIA)/;

function apiKeyFact(plan: Plan): Finding | null {
  if (!plan.secret || !API_KEY.test(plan.secret.value.trim())) return null;
  return fact(
    "secret_is_api_key",
    plan,
    "The secret looks like a key of the provider's API, which signs no webhooks",
    `Keep the ${plan.scheme.secret.label}: ${plan.scheme.secret.where}. And think of replacing the key that was pasted.`,
  );
}

export function otherSenderFact(providerId: string, plan: Plan): Finding {
  return fact(
    "other_sender",
    plan,
    `It carries a signature as the sender “${providerId}” writes them`,
    "If that is who sent it, say so in the request's head, and keep the secret under that name.",
  );
}

/** The stronger of two signatures is the one that counts, and the weaker one says where to look. */
export const weakerFitsFact = (weaker: Plan, stronger: Plan): Finding =>
  fact(
    "weaker_fits",
    stronger,
    `${places(weaker.scheme)} fits, and ${places(stronger.scheme)} beside it does not`,
    `Where both come, ${stronger.scheme.id} is what counts: code that checks it refuses this, whatever ${weaker.scheme.id} says. Look for what made or changed that header on the way.`,
  );

export const noMatch = (plan: Plan): Finding =>
  fact(
    "no_match",
    plan,
    "None of the usual mistakes explains it",
    `Most likely it is signed with another secret. Look for the ${plan.scheme.secret.label} of exactly this webhook: ${plan.scheme.secret.where}. Else the body was changed in a way that is not known here.`,
  );

function fact(code: FactCode, { scheme, secret }: Plan, title: string, advice: string): Finding {
  return {
    code,
    certainty: "fact",
    also: [],
    title,
    advice,
    scheme: scheme.id,
    secretId: secret?.id ?? null,
  };
}
