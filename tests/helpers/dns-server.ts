import dgram from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import type { Lookup } from "#lib/forward/dial.ts";

export type DnsServer = {
  /** Resolves names through this server alone. */
  lookup: Lookup;
  questions: number;
  close(): Promise<void>;
};

/** A DNS over UDP (RFC 1035) that answers the nth question for an A record with the nth list of addresses, then the last. */
export async function startDnsServer(answers: string[][]): Promise<DnsServer> {
  const socket = dgram.createSocket("udp4");
  const server: DnsServer = { lookup, questions: 0, close };
  socket.on("message", (question, { port, address }) => {
    const addresses = answers[Math.min(server.questions++, answers.length - 1)] ?? [];
    socket.send(answerTo(question, addresses), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);

  async function lookup(host: string) {
    const addresses = await resolver.resolve4(host);
    return addresses.map((address) => ({ address, family: 4 }));
  }

  async function close(): Promise<void> {
    socket.close();
    await once(socket, "close");
  }

  return server;
}

/** The question comes back with one A record for each address, living for no second. */
function answerTo(question: Buffer, addresses: string[]): Buffer {
  const nameEnd = question.indexOf(0, 12);
  const asked = question.subarray(12, nameEnd + 5);
  const header = Buffer.from([0, 0, 0x81, 0x80, 0, 1, 0, addresses.length, 0, 0, 0, 0]);
  question.copy(header, 0, 0, 2);
  const records = addresses.map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([header, asked, ...records]);
}
