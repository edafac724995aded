import type { HandlerKind } from "./handler-kind.ts";
import type { Input } from "./inputs.ts";

/** What the check takes; `isAsking`: it may ask its sender for keys, so that its answer has to be waited for. */
export type HandedTo = { inputs: readonly Input[]; isAsking?: true };

export type Framework = {
  language: "javascript" | "python";
  file: (path: string) => string;
  /** The imports that stand before the check, and the handler that stands behind it. */
  before: (check: HandedTo) => string[];
  after: (path: string, check: HandedTo) => string[];
};

const PUBLIC_URL = {
  javascript: [
    "",
    "// The sender signs the URL that it was given. Behind a proxy this program sees another one.",
    "const PUBLIC_ORIGIN = process.env.PUBLIC_ORIGIN; // https://example.com",
  ],
  python: [
    "",
    "# The sender signs the URL that it was given. Behind a proxy this program sees another one.",
    'PUBLIC_ORIGIN = os.environ["PUBLIC_ORIGIN"]  # https://example.com',
  ],
};

const WEB_PATH = 'request.url.replace(/^https?:\\/\\/[^/]+/, "")';

/** What the check takes, each first under its name. */
function given({ inputs, isAsking }: HandedTo, how: Partial<Record<Input, string>>): string[] {
  const named = inputs.filter((input) => how[input]);
  return [
    ...named.map((input) => `  const ${input} = ${how[input]};`),
    `  const genuine = ${isAsking ? "await " : ""}isGenuine({ ${inputs.join(", ")} });`,
  ];
}

const withOrigin = (language: "javascript" | "python", { inputs }: HandedTo) =>
  inputs.includes("url") ? PUBLIC_URL[language] : [];

const pythonArguments = ({ inputs }: HandedTo): string => {
  const how = {
    header: "request.headers.get",
    method: "request.method",
    url: "url",
    path: "path",
    body: "body",
  };
  return inputs.map((input) => how[input]).join(", ");
};

const usesPath = ({ inputs }: HandedTo) => inputs.includes("url") || inputs.includes("path");

export const frameworks: Record<HandlerKind, Framework> = {
  express: {
    language: "javascript",
    file: () => "server.mjs",
    before: () => ['import express from "express";'],
    after: (path, check) => [
      ...withOrigin("javascript", check),
      "",
      "const app = express();",
      "",
      "// The raw bytes, for this route alone, and before any express.json(): parsed JSON can't be checked.",
      `app.post("${path}", express.raw({ type: () => true, limit: "10mb" }), ${check.isAsking ? "async " : ""}(request, response) => {`,
      "  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);",
      ...given(check, {
        header: "(name) => request.get(name)",
        method: "request.method",
        url: "PUBLIC_ORIGIN + request.originalUrl",
        path: "request.originalUrl",
      }),
      '  if (!genuine) return response.status(401).send("Bad signature");',
      "  const event = body.toString(); // Parse it now, not before.",
      "  console.log(event.length);",
      "  response.sendStatus(200);",
      "});",
      "",
      "app.listen(process.env.PORT ?? 3000);",
    ],
  },
  next: {
    language: "javascript",
    file: (path) => `app${path}/route.js`,
    before: () => [],
    after: (_, check) => [
      ...withOrigin("javascript", check),
      "",
      "export async function POST(request) {",
      "  // The raw bytes: request.json() would lose them.",
      "  const body = Buffer.from(await request.arrayBuffer());",
      ...given(check, {
        header: "(name) => request.headers.get(name) ?? undefined",
        method: "request.method",
        url: `PUBLIC_ORIGIN + ${WEB_PATH}`,
        path: WEB_PATH,
      }),
      '  if (!genuine) return new Response("Bad signature", { status: 401 });',
      "  const event = body.toString(); // Parse it now, not before.",
      "  console.log(event.length);",
      "  return new Response(null, { status: 200 });",
      "}",
    ],
  },
  hono: {
    language: "javascript",
    file: () => "app.mjs",
    before: () => ['import { Hono } from "hono";'],
    after: (path, check) => [
      ...withOrigin("javascript", check),
      "",
      "const app = new Hono();",
      "",
      `app.post("${path}", async (context) => {`,
      "  const request = context.req.raw;",
      "  // The raw bytes: context.req.json() would lose them.",
      "  const body = Buffer.from(await request.arrayBuffer());",
      ...given(check, {
        header: "(name) => request.headers.get(name) ?? undefined",
        method: "request.method",
        url: `PUBLIC_ORIGIN + ${WEB_PATH}`,
        path: WEB_PATH,
      }),
      '  if (!genuine) return context.text("Bad signature", 401);',
      "  const event = body.toString(); // Parse it now, not before.",
      "  console.log(event.length);",
      "  return context.body(null, 200);",
      "});",
      "",
      "export default app;",
    ],
  },
  fastapi: {
    language: "python",
    file: () => "main.py",
    before: ({ isAsking }) => [
      "from fastapi import FastAPI, HTTPException, Request",
      ...(isAsking ? ["from fastapi.concurrency import run_in_threadpool"] : []),
    ],
    after: (path, check) => [
      ...withOrigin("python", check),
      "",
      "app = FastAPI()",
      "",
      "",
      `@app.post("${path}")`,
      "async def receive(request: Request):",
      "    # The raw bytes: a parameter with a model would parse them first.",
      "    body = await request.body()",
      ...(usesPath(check)
        ? [
            '    query = request.scope["query_string"].decode()',
            '    path = request.scope["raw_path"].decode() + ("?" + query if query else "")',
          ]
        : []),
      ...(check.inputs.includes("url") ? ["    url = PUBLIC_ORIGIN + path"] : []),
      check.isAsking
        ? `    if not await run_in_threadpool(is_genuine, ${pythonArguments(check)}):`
        : `    if not is_genuine(${pythonArguments(check)}):`,
      '        raise HTTPException(status_code=401, detail="Bad signature")',
      "    event = body.decode()  # Parse it now, not before.",
      "    print(len(event))",
      '    return {"received": True}',
    ],
  },
  flask: {
    language: "python",
    file: () => "app.py",
    before: () => ["from flask import Flask, abort, request"],
    after: (path, check) => [
      ...withOrigin("python", check),
      "",
      "app = Flask(__name__)",
      "",
      "",
      `@app.post("${path}")`,
      "def receive():",
      "    # The raw bytes, before request.form or request.json has read them.",
      "    body = request.get_data()",
      ...(usesPath(check)
        ? ['    path = request.environ.get("RAW_URI") or request.environ["REQUEST_URI"]']
        : []),
      ...(check.inputs.includes("url") ? ["    url = PUBLIC_ORIGIN + path"] : []),
      `    if not is_genuine(${pythonArguments(check)}):`,
      '        abort(401, "Bad signature")',
      "    event = body.decode()  # Parse it now, not before.",
      "    print(len(event))",
      '    return "", 200',
    ],
  },
};
