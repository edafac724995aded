import path from "node:path";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import packageJson from "../package.json" with { type: "json" };

const wholeNumber = (fallback: number, min = 0, max = Number.MAX_SAFE_INTEGER) =>
  z.coerce
    .number("a whole number")
    .int("a whole number")
    .min(min, `at least ${min}`)
    .max(max, `at most ${max}`)
    .default(fallback);

const ranges = z.string().transform((text, context) => {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  return parts.flatMap((part) => {
    if (part === "loopback") return [ipaddr.parseCIDR("127.0.0.0/8"), ipaddr.parseCIDR("::1/128")];
    try {
      return [part.includes("/") ? ipaddr.parseCIDR(part) : wholeAddress(part)];
    } catch {
      context.addIssue({ code: "custom", message: `"${part}" is no CIDR such as 10.0.0.0/8` });
      return [];
    }
  });
});

function wholeAddress(text: string): IpRange {
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

export type IpRange = [ipaddr.IPv4 | ipaddr.IPv6, number];

const origin = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== "/" ||
    url.search ||
    url.hash ||
    url.username
  ) {
    context.addIssue({
      code: "custom",
      message: "scheme, host and port only, such as https://hooks.example.com",
    });
    return z.NEVER;
  }
  return url.origin;
});

const SECRET_KEY_CHARACTERS_MIN = 16;

/** A list: the first seals, all open. A comma stands between two. */
const secretKeys = z.string().transform((text, context) => {
  const keys = text
    .split(",")
    .map((key) => key.trim())
    .filter(Boolean);
  if (keys.length === 0 || keys.some((key) => key.length < SECRET_KEY_CHARACTERS_MIN)) {
    const message = `each key has at least ${SECRET_KEY_CHARACTERS_MIN} characters; \`openssl rand -base64 32\` makes one`;
    context.addIssue({ code: "custom", message });
  }
  return keys;
});

/** Their values are never printed. */
const HIDDEN = new Set(["SECRET_KEY", "DATABASE_URL"]);

const environmentSchema = z.object({
  PORT: wholeNumber(3000, 0, 65_535),
  HOST: z.string().default("localhost"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "a postgresql:// URL")
    .optional(),
  DATA_DIR: z.string().default(".data"),
  PUBLIC_URL: origin.optional(),
  TRUST_PROXY: ranges.optional(),
  ALLOW_PRIVATE_TARGETS: ranges.optional(),
  MAX_BODY_BYTES: wholeNumber(10 * 1024 * 1024, 1, 1024 ** 3),
  CAPTURE_BUFFER_BYTES: wholeNumber(256 * 1024 * 1024, 1024 * 1024),
  RETENTION_DAYS: z.coerce.number("a number of days").min(0, "at least 0").default(7),
  MAX_REQUESTS_PER_BIN: wholeNumber(10_000),
  MAX_BYTES_PER_BIN: wholeNumber(256 * 1024 * 1024),
  MAX_PINS_PER_BIN: wholeNumber(200, 1, 10_000),
  MAX_PINNED_BYTES_PER_BIN: wholeNumber(64 * 1024 * 1024),
  CAPTURE_RATE: wholeNumber(0),
  MINT_RATE: wholeNumber(60),
  FORWARD_RATE: wholeNumber(60),
  SECRET_KEY: secretKeys.default([]),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

const LOOPBACK_HOSTS = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/** Thrown for settings that make no sense; the message is one line for the person at the terminal. */
export class ConfigError extends Error {}

/**
 * The settings, from the environment: parsed once by server.ts, frozen and handed down. Nothing else reads process.env.
 * @throws ConfigError naming the variable, what it holds and what it takes.
 */
export function readConfig(
  environment: NodeJS.ProcessEnv,
  { dev = false, root = process.cwd() } = {},
) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    const shown = HIDDEN.has(name) ? name : `${name}=${given[name] ?? ""}`;
    throw new ConfigError(`${shown} is not valid: ${issue?.message}.`);
  }
  const env = parsed.data;
  const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
  const onLoopback = LOOPBACK_HOSTS.has(env.HOST);
  const publicOnLoopback = !env.PUBLIC_URL || LOOPBACK_HOSTS.has(new URL(env.PUBLIC_URL).hostname);
  const ownMachine = onLoopback && publicOnLoopback && !env.TRUST_PROXY;
  return Object.freeze({
    dev,
    root,
    version: packageJson.version,
    port: env.PORT,
    host: env.HOST,
    publicUrl,
    trustProxy: env.TRUST_PROXY ?? [],
    logLevel: env.LOG_LEVEL,
    database: { url: env.DATABASE_URL, dataDir: path.resolve(root, env.DATA_DIR) },
    secretKeys: env.SECRET_KEY,
    capture: {
      bodyBytesMax: env.MAX_BODY_BYTES,
      bufferBytes: env.CAPTURE_BUFFER_BYTES,
      ratePerSecond: env.CAPTURE_RATE,
    },
    retention: {
      days: env.RETENTION_DAYS,
      requestsPerBin: env.MAX_REQUESTS_PER_BIN,
      bytesPerBin: env.MAX_BYTES_PER_BIN,
    },
    /** What a bin may keep pinned, beside those caps; 0 bytes: as many as there are. */
    pins: { perBin: env.MAX_PINS_PER_BIN, bytesPerBin: env.MAX_PINNED_BYTES_PER_BIN },
    mintRatePerHour: env.MINT_RATE,
    forward: {
      ratePerMinute: env.FORWARD_RATE,
      /** Private ranges that the server itself may forward to. */
      allowedRanges: env.ALLOW_PRIVATE_TARGETS ?? (ownMachine ? ranges.parse("loopback") : []),
    },
  });
}

export type Config = ReturnType<typeof readConfig>;
