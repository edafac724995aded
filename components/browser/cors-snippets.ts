/** What a target answers so that pages of one origin may send to it and see its answer; without cookies `*` means all. */
export const corsHeaders = (origin: string): [string, string][] => [
  ["Access-Control-Allow-Origin", origin],
  ["Access-Control-Allow-Methods", "*"],
  // The star stands for every header but this one (Fetch, CORS-preflight fetch).
  ["Access-Control-Allow-Headers", "*, Authorization"],
  ["Access-Control-Expose-Headers", "*"],
  ["Timing-Allow-Origin", origin],
];

export const frameworks = ["Express", "Next.js", "Hono", "FastAPI", "Flask"] as const;
export type Framework = (typeof frameworks)[number];

/** Code for a handler under development that lets this origin in, and no other. */
export function corsSnippet(framework: Framework, origin: string): string {
  return snippets[framework](corsHeaders(origin), origin);
}

type Snippet = (headers: [string, string][], origin: string) => string;

const quoted = (text: string) => JSON.stringify(text);
const lines = (headers: [string, string][], line: (name: string, value: string) => string) =>
  headers.map(([name, value]) => line(quoted(name), quoted(value))).join("\n");

const snippets: Record<Framework, Snippet> = {
  Express: (headers) => `// Before your routes, in development only.
app.use((req, res, next) => {
  res.set({
${lines(headers, (name, value) => `    ${name}: ${value},`)}
  });
  if (req.method === "OPTIONS") return res.sendStatus(204);
  next();
});`,
  "Next.js": (headers) => `// next.config.js, in development only. Next answers OPTIONS itself.
export default {
  headers: async () => [
    {
      source: "/api/:path*",
      headers: [
${lines(headers, (name, value) => `        { key: ${name}, value: ${value} },`)}
      ],
    },
  ],
};`,
  Hono: (_, origin) => `// Before your routes, in development only.
import { cors } from "hono/cors";

app.use(cors({ origin: ${quoted(origin)}, exposeHeaders: ["*"] }));`,
  FastAPI: (_, origin) => `# In development only.
from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(
    CORSMiddleware,
    allow_origins=[${quoted(origin)}],
    allow_methods=["*"],
    allow_headers=["*"],
    expose_headers=["*"],
)`,
  Flask: (headers) => `# In development only. Flask answers OPTIONS itself.
@app.after_request
def let_hooklens_in(response):
    response.headers.update({
${lines(headers, (name, value) => `        ${name}: ${value},`)}
    })
    return response`,
};
