import type { HandlerKind } from "./handler-kind.ts";
import type { Input } from "./inputs.ts";

export type Framework = {
  language: "javascript" | "python";
  file: (path: string) => string;
  /** The imports that stand before the check, and the handler that stands behind it. */
  before: string[];
  after: (path: string, inputs: readonly Input[]) => string[];
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
function given(inputs: readonly Input[], how: Partial<Record<Input, string>>): string[] {
  const named = inputs.filter((input) => how[input]);
  return [
    ...named.map((input) => `  const ${input} = ${how[input]};`),
    `  const genuine = isGenuine({ ${inputs.join(", ")} });`,
  ];
}

const withOrigin = (language: "javascript" | "python", inputs: readonly Input[]) =>
  inputs.includes("url") ? PUBLIC_URL[language] : [];

const pythonCall = (inputs: readonly Input[], how: Record<Input, string>) =>
  `is_genuine(${inputs.map((input) => how[input]).join(", ")})`;

export const frameworks: Record<HandlerKind, Framework> = {
  express: {
    language: "javascript",
    file: () => "server.mjs",
    before: ['import express from "express";'],
    after: (path, inputs) => [
      ...withOrigin("javascript", inputs),
      "",
      "const app = express();",
      "",
      "// The raw bytes, for this route alone, and before any express.json(): parsed JSON can't be checked.",
      `app.post("${path}", express.raw({ type: () => true, limit: "10mb" }), (request, response) => {`,
      "  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);",
      ...given(inputs, {
        header: "(name) => request.get(name)",
        method: "request.method",
        url: "PUBLIC_ORIGIN + request.originalUrl",
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
    before: [],
    after: (_, inputs) => [
      ...withOrigin("javascript", inputs),
      "",
      "export async function POST(request) {",
      "  // The raw bytes: request.json() would lose them.",
      "  const body = Buffer.from(await request.arrayBuffer());",
      ...given(inputs, {
        header: "(name) => request.headers.get(name) ?? undefined",
        method: "request.method",
        url: `PUBLIC_ORIGIN + ${WEB_PATH}`,
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
    before: ['import { Hono } from "hono";'],
    after: (path, inputs) => [
      ...withOrigin("javascript", inputs),
      "",
      "const app = new Hono();",
      "",
      `app.post("${path}", async (context) => {`,
      "  const request = context.req.raw;",
      "  // The raw bytes: context.req.json() would lose them.",
      "  const body = Buffer.from(await request.arrayBuffer());",
      ...given(inputs, {
        header: "(name) => request.headers.get(name) ?? undefined",
        method: "request.method",
        url: `PUBLIC_ORIGIN + ${WEB_PATH}`,
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
    before: ["from fastapi import FastAPI, HTTPException, Request"],
    after: (path, inputs) => [
      ...withOrigin("python", inputs),
      "",
      "app = FastAPI()",
      "",
      "",
      `@app.post("${path}")`,
      "async def receive(request: Request):",
      "    # The raw bytes: a parameter with a model would parse them first.",
      "    body = await request.body()",
      ...(inputs.includes("url")
        ? [
            '    path = request.scope["raw_path"].decode()',
            '    query = request.scope["query_string"].decode()',
            '    url = PUBLIC_ORIGIN + path + ("?" + query if query else "")',
          ]
        : []),
      `    if not ${pythonCall(inputs, { header: "request.headers.get", method: "request.method", url: "url", body: "body" })}:`,
      '        raise HTTPException(status_code=401, detail="Bad signature")',
      "    event = body.decode()  # Parse it now, not before.",
      "    print(len(event))",
      '    return {"received": True}',
    ],
  },
  flask: {
    language: "python",
    file: () => "app.py",
    before: ["from flask import Flask, abort, request"],
    after: (path, inputs) => [
      ...withOrigin("python", inputs),
      "",
      "app = Flask(__name__)",
      "",
      "",
      `@app.post("${path}")`,
      "def receive():",
      "    # The raw bytes, before request.form or request.json has read them.",
      "    body = request.get_data()",
      ...(inputs.includes("url")
        ? [
            '    url = PUBLIC_ORIGIN + (request.environ.get("RAW_URI") or request.environ["REQUEST_URI"])',
          ]
        : []),
      `    if not ${pythonCall(inputs, { header: "request.headers.get", method: "request.method", url: "url", body: "body" })}:`,
      '        abort(401, "Bad signature")',
      "    event = body.decode()  # Parse it now, not before.",
      "    print(len(event))",
      '    return "", 200',
    ],
  },
};
