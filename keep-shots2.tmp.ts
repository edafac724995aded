import { sendCaptures } from "#tests/helpers/captures.ts";
const origin = "http://localhost:4810";
const call = async (method: string, path: string, key?: string, body?: unknown) => {
  const r = await fetch(origin + path, { method, headers: { ...(key ? { Authorization: `Bearer ${key}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) });
  const t = await r.text();
  return t ? JSON.parse(t) : null;
};
const bin = await call("POST", "/api/bins", undefined, { name: "many" });
let t0 = performance.now();
console.log(await sendCaptures(`http://127.0.0.1:4810/in/${bin.id}`, 10_000, { atOnce: 32 }), Math.round(performance.now() - t0), "ms");
const ids: string[] = [];
let cursor = "";
do {
  const page = await call("GET", `/api/bins/${bin.id}/requests?limit=200${cursor && `&cursor=${cursor}`}`, bin.key);
  ids.push(...page.items.map((x: { id: string }) => x.id));
  cursor = page.next ?? "";
} while (cursor);
t0 = performance.now();
const some = ids.filter((_, at) => at % 40 === 0);
await call("PATCH", `/api/bins/${bin.id}/requests`, bin.key, { ids: some, addLabels: ["bug", "x"] });
console.log("bulk label", some.length, Math.round(performance.now() - t0));
t0 = performance.now();
const pin = await call("PATCH", `/api/bins/${bin.id}/requests`, bin.key, { ids: some.slice(0, 250), pinned: true });
console.log("bulk pin", pin.changed.length, pin.refused.length, Math.round(performance.now() - t0));
for (let i = 0; i < 20; i++) await call("PATCH", `/api/bins/${bin.id}/requests/${some[i * 10]}`, bin.key, { note: `note number ${i}` });
const time = async (name: string, path: string) => {
  const all: number[] = [];
  let n = 0;
  for (let i = 0; i < 15; i++) {
    const a = performance.now();
    const r = await call("GET", path, bin.key);
    all.push(performance.now() - a);
    n = r.items?.length;
  }
  all.sort((a, b) => a - b);
  console.log(name, n, "p50", Math.round(all[7]), "p95", Math.round(all[13]));
};
const q = (text: string) => `/api/bins/${bin.id}/requests?limit=50&q=${encodeURIComponent(text)}`;
const list = `/api/bins/${bin.id}/requests?limit=50`;
await time("list", list);
for (const text of ["label:bug", "label:nothing", "-label:*", "note:number", "note:nothing", "pinned:yes", "label:bug method:GET", "label:bug bearer"]) await time(text, q(text));
await time("labels", `/api/bins/${bin.id}/labels`);
await call("DELETE", `/api/bins/${bin.id}/requests?through=9000`, bin.key);
await time("list, 9000 cleared, 200 pins", list);
await time("oldest page", `${list}&cursor=9100`);
await time("pinned:yes", q("pinned:yes"));
await time("bearer", q("bearer"));
