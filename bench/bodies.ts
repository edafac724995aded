/** Large bodies as senders send them, made the same way in every run. */
import { gzipSync } from "node:zlib";

export type SentBody = {
  name: string;
  type: string;
  coding?: string;
  bytes: Uint8Array<ArrayBuffer>;
};

const MB = 1_000_000;
const MIB = 1_048_576;

export function largeBodies(): SentBody[] {
  const json = orders(5 * MB, 2);
  return [
    { name: "JSON, indented", type: "application/json", bytes: utf8(json) },
    { name: "JSON, one line", type: "application/json", bytes: utf8(orders(5 * MB)) },
    { name: "JSON, gzip", type: "application/json", coding: "gzip", bytes: copy(gzipSync(json)) },
    { name: "JSON, 100,000 deep", type: "application/json", bytes: utf8(nested(100_000, MB)) },
    { name: "XML", type: "application/xml", bytes: utf8(xml(5 * MB)) },
    { name: "form, 100,000 pairs", type: FORM, bytes: utf8(form(100_000)) },
    { name: "10,000 parts", type: MULTIPART, bytes: utf8(parts(10_000)) },
    { name: "text with a 1 MB line", type: "text/plain", bytes: utf8(text(10 * MIB, MB)) },
    { name: "binary", type: "application/octet-stream", bytes: noise(10 * MIB) },
  ];
}

const FORM = "application/x-www-form-urlencoded";
const BOUNDARY = "----bench";
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;

const utf8 = (value: string) => copy(new TextEncoder().encode(value));
const copy = (bytes: Uint8Array) => new Uint8Array(bytes);

/** Until there are about so many characters. */
function gather(size: number, piece: (index: number) => string, glue: string): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < size; index += 1) {
    const next = piece(index);
    pieces.push(next);
    length += next.length + glue.length;
  }
  return pieces.join(glue);
}

/** An event of a shop with its orders, as a payment provider nests them. */
function orders(size: number, indent = 0): string {
  const one = (index: number) =>
    JSON.stringify(order(index), null, indent).replaceAll("\n", `\n${" ".repeat(indent * 3)}`);
  const glue = indent > 0 ? `,\n${" ".repeat(indent * 3)}` : ",";
  const list = gather(size, one, glue);
  return `{"id":"evt_1","type":"orders.exported","data":{"object":"list","orders":[${list}]}}`;
}

const order = (index: number) => ({
  id: `order_${index}`,
  created: 1_760_000_000 + index,
  livemode: index % 2 === 0,
  amount: { value: (index * 1.25).toFixed(2), currency: "eur", refunded: null },
  customer: { name: `Zoë Müller ${index}`, address: { lines: ["Main St 1", "2nd floor"] } },
  items: [1, 2, 3].map((place) => ({ sku: `sku-${index}-${place}`, quantity: place, tags: [] })),
  note: 'Leave it at the door,\n"ring twice". 12345678901234567890',
});

const nested = (depth: number, size: number) =>
  `${"[".repeat(depth)}"${"x".repeat(size - 2 * depth)}"${"]".repeat(depth)}`;

const xml = (size: number) =>
  `<?xml version="1.0"?>\n<orders>\n${gather(
    size,
    (index) =>
      `  <order id="${index}" live="true"><name>Zoë &amp; ${index}</name><items><item sku="a-${index}"/><item sku="b-${index}">two</item></items><!-- by hand --></order>`,
    "\n",
  )}\n</orders>`;

const form = (pairs: number) =>
  Array.from({ length: pairs }, (_, index) => `field%5B${index}%5D=a+value%20${index}`).join("&");

function parts(count: number): string {
  const one = (index: number) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="part-${index}"\r\n\r\nvalue ${index}\r\n`;
  return `${Array.from({ length: count }, (_, index) => one(index)).join("")}--${BOUNDARY}--\r\n`;
}

const text = (size: number, longest: number) =>
  `${"long ".repeat(longest / 5)}\n${gather(
    size - longest - 100,
    (index) => `2026-11-21T10:00:00Z info line ${index} of a log that somebody posts`,
    "\n",
  )}`;

/** The same bytes in every run, without a pattern. */
function noise(size: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(size / 4);
  let state = 1;
  for (let index = 0; index < words.length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[index] = state;
  }
  return new Uint8Array(words.buffer);
}
