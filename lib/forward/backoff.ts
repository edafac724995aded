import { type HeaderPair, headerValue } from "../contract/headers.ts";

/** A pause loses up to this part of itself by chance, so that what failed together does not come back together. */
const JITTER = 0.25;
/** A target may ask for so much patience; more is a mistake in its header. */
const RETRY_AFTER_MS_MAX = 24 * 60 * 60 * 1000;

export type Schedule = {
  maxAttempts: number;
  maxAgeSeconds: number;
  firstDelaySeconds: number;
  maxDelaySeconds: number;
};

/** What is known after an attempt that came to nothing. Times are milliseconds since 1970. */
export type Failed = {
  /** Attempts made, this one with them. */
  tries: number;
  /** When it was taken up. */
  sinceMs: number;
  nowMs: number;
  /** What the target's Retry-After asks for; null: nothing. */
  retryAfterMs: number | null;
  /** Made for the circuit breaker, to see whether the target is back: it does not count as the last one. */
  isProbe: boolean;
};

export type Next = { kind: "retry"; atMs: number } | { kind: "dead"; reason: "attempts" | "age" };

/** When a forward is tried again: exponential pauses with jitter, a Retry-After kept, within the limits of number and age. */
export function nextAttempt(failed: Failed, schedule: Schedule, random = Math.random): Next {
  if (!failed.isProbe && failed.tries >= schedule.maxAttempts)
    return { kind: "dead", reason: "attempts" };
  const pauseMs = Math.max(pauseAfter(failed.tries, schedule, random), failed.retryAfterMs ?? 0);
  const atMs = failed.nowMs + pauseMs;
  if (atMs - failed.sinceMs > schedule.maxAgeSeconds * 1000) return { kind: "dead", reason: "age" };
  return { kind: "retry", atMs };
}

/** Milliseconds; `random` answers from 0 up to, and not with, 1. */
function pauseAfter(tries: number, schedule: Schedule, random: () => number): number {
  const longest = schedule.maxDelaySeconds * 1000;
  const pause = Math.min(longest, schedule.firstDelaySeconds * 1000 * 2 ** (tries - 1));
  return Math.round(pause * (1 - JITTER * random()));
}

/** How long an answer's Retry-After (RFC 9110 10.2.3: seconds, or a date) asks to wait, in ms; null: it does not. */
export function retryAfter(headers: readonly HeaderPair[], nowMs: number): number | null {
  const value = headerValue(headers, "retry-after")?.trim() ?? "";
  const ms = /^\d{1,10}$/.test(value) ? Number(value) * 1000 : dateMs(value) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), RETRY_AFTER_MS_MAX) : null;
}

/** An HTTP date in its three forms (RFC 9110 5.6.7), all of them GMT; NaN for what is none. */
function dateMs(value: string): number {
  if (!/^(Mon|Tues?|Wed(nes)?|Thu(rs)?|Fri|Sat(ur)?|Sun)(day)?,? /.test(value)) return Number.NaN;
  return Date.parse(value.endsWith("GMT") ? value : `${value} GMT`);
}
