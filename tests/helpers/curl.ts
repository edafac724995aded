import { execFile } from "node:child_process";
import http from "node:http";
import { promisify } from "node:util";

const run = promisify(execFile);

type Sent = { method?: string; headers?: Record<string, string>; body?: string | Buffer };
type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };

/** Sends with curl, as a person would; a machine without it sends the same through Node. */
export async function curl(url: string, sent: Sent = {}): Promise<Answer> {
  try {
    return await byCurl(url, sent);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return byNode(url, sent);
  }
}

async function byCurl(url: string, { method, headers = {}, body }: Sent): Promise<Answer> {
  const args = ["--silent", "--show-error", "--include", "--max-time", "20", "--path-as-is"];
  if (method) args.push("--request", method);
  for (const [name, value] of Object.entries(headers)) args.push("--header", `${name}: ${value}`);
  if (body !== undefined) args.push("--data-binary", "@-");
  const running = run("curl", [...args, url]);
  running.child.stdin?.end(body);
  return parseMessage((await running).stdout);
}

function parseMessage(message: string): Answer {
  const end = message.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = message.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(" ")[1]), headers, body: message.slice(end + 4) };
}

function byNode(url: string, { method, headers = {}, body }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const request = http.request(url, {
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...(body === undefined ? {} : form), ...headers },
    });
    request.on("error", reject).on("response", (response) => {
      const pieces: Buffer[] = [];
      response
        .on("data", (piece: Buffer) => pieces.push(piece))
        .on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(pieces).toString(),
          }),
        );
    });
    request.end(body);
  });
}
