import http from "node:http";

/**
 * Sends requests to a capture URL, some at a time, over kept connections. Answers how many were acknowledged; a refused
 * or cut one is not tried again.
 */
export async function sendCaptures(
  url: string,
  count: number,
  {
    atOnce = 16,
    target = () => "",
  }: {
    atOnce?: number;
    /** What follows the capture URL in the request with this index. */
    target?: (index: number) => string;
  } = {},
): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  let next = 0;
  let acknowledged = 0;
  const sender = async () => {
    while (next < count) {
      const index = next++;
      if ((await sendCapture(`${url}${target(index)}`, { agent })) === 200) acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, sender));
  agent.destroy();
  return acknowledged;
}

/** One POST; its status, or 0 when no answer came. */
export function sendCapture(
  url: string,
  { agent, body = "{}" }: { agent?: http.Agent; body?: string } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const headers = { "Content-Type": "application/json" };
    const request = http.request(url, { method: "POST", headers, ...(agent ? { agent } : {}) });
    request.on("response", (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", () => resolve(0));
    });
    request.on("error", () => resolve(0));
    request.end(body);
  });
}
