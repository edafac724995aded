// A program of its own: serves each handler by its framework (`express` or `hono`) and sends it its requests over HTTP. Cases come
// in, answers go out as JSON.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";

const [, , framework, casesFile] = process.argv;
console.log = () => undefined;

async function listening(server) {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server.address().port;
}

async function freePort() {
  const server = http.createServer();
  const port = await listening(server);
  server.close();
  return port;
}

let app;
/** Hono's app is handed its requests by Node's own server, as its documents for Node show. */
const honoServer = http.createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method, headers, url } = incoming;
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers,
    body: Buffer.concat(chunks),
  });
  const answer = await app.fetch(request);
  outgoing.writeHead(answer.status).end(await answer.text());
});
const honoPort = framework === "hono" ? await listening(honoServer) : 0;

/** Where it listens. */
async function serve(file) {
  if (framework === "hono") {
    ({ default: app } = await import(file));
    return honoPort;
  }
  const port = await freePort();
  process.env.PORT = String(port);
  await import(file);
  return port;
}

const answers = [];
for (const { name, file, setting, secret, otherSettings, url, samples } of JSON.parse(
  readFileSync(casesFile, "utf8"),
)) {
  const { origin, pathname, search } = new URL(url);
  Object.assign(process.env, { [setting]: secret, ...otherSettings, PUBLIC_ORIGIN: origin });
  const port = await serve(file);
  for (const { what, headers, body, isGenuine } of samples) {
    const sent = { "Content-Type": "application/json", ...Object.fromEntries(headers) };
    const target = `http://127.0.0.1:${port}${pathname}${search}`;
    const { status } = await fetch(target, { method: "POST", headers: sent, body });
    answers.push({ name, what, isGenuine, status });
  }
}
process.stdout.write(JSON.stringify(answers), () => process.exit());
