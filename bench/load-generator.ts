/**
 * A child process that sends one request over and over on keep-alive connections, each connection waiting for its
 * answer, for a given time. Prints one JSON line. It parses only as much of an answer as it must, so that the machine's
 * time goes to the server.
 *
 * node bench/load-generator.ts '{"port":1,"path":"/in/b","bodyBytes":1000,"connections":64,"seconds":5}'
 */
import net from "node:net";
import { type Load, summarise } from "./load.ts";

const load = JSON.parse(process.argv[2] ?? "{}") as Load;
const body = load.sent ? Buffer.from(load.sent.body) : Buffer.alloc(load.bodyBytes, "x");
const headers = load.sent?.headers ?? [
  ["User-Agent", "Bench/1.0"],
  ["Accept", "*/*"],
  ["Content-Type", "application/json"],
  ["X-Event", "order.created"],
];
const lines = [
  `POST ${load.path} HTTP/1.1`,
  `Host: localhost:${load.port}`,
  ...headers.map((pair) => pair.join(": ")),
  `Content-Length: ${body.byteLength}`,
];
const request = Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), body]);

const latencies: number[] = [];
let refused = 0;
let open = load.connections;
const startedAt = performance.now();
const endsAt = startedAt + load.seconds * 1000;
const cpuBefore = process.cpuUsage();

for (let i = 0; i < load.connections; i++) connect();

function connect(): void {
  const socket = net.connect({ port: load.port, host: "127.0.0.1", noDelay: true });
  let sentAt = 0;
  const send = () => {
    sentAt = performance.now();
    if (sentAt >= endsAt) return void socket.end();
    socket.write(request);
  };
  socket.on("connect", send);
  socket.on("data", (bytes) => {
    // Answers are a few hundred bytes and have no body: one piece each.
    if (bytes.toString("latin1", 9, 12) !== "200") refused++;
    latencies.push(performance.now() - sentAt);
    send();
  });
  socket.on("close", () => {
    if (--open === 0) report();
  });
  socket.on("error", () => refused++);
}

function report(): void {
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(JSON.stringify(summarise(latencies, refused, seconds, process.cpuUsage(cpuBefore))));
}
