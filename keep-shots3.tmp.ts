import { chromium } from "@playwright/test";
const origin = "http://localhost:4810";
const bin = await (await fetch(`${origin}/api/bins`, { method: "POST" })).json() as {id: string; key: string};
for (let i = 0; i < 3; i++) await fetch(`${origin}/in/${bin.id}/a`, { method: "POST", body: "x" });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await (await browser.newContext()).newPage();
page.on("console", (m) => console.log(m.type(), m.text().slice(0, 300)));
page.on("pageerror", (e) => console.log("pageerror", e.message));
await page.goto(`${origin}/b/${bin.id}#key=${bin.key}`);
await page.waitForSelector("[role=option]");
await page.waitForTimeout(1500);
await page.keyboard.press("/");
await page.keyboard.type("zzz");
await page.getByText("Nothing matches").waitFor();
const cdp = await page.context().newCDPSession(page);
await cdp.send("Profiler.enable"); await cdp.send("Profiler.start");
const t = performance.now();
const press = page.keyboard.press("Escape");
await Promise.race([press, new Promise((r) => setTimeout(r, 5000))]);
console.log("escape took", Math.round(performance.now() - t));
if (performance.now() - t > 4900) {
  await cdp.send("Debugger.enable").catch(() => 0);
  cdp.on("Debugger.paused", (e) => { for (const f of e.callFrames.slice(0, 25)) console.log(f.functionName, f.url.slice(-40), f.location.lineNumber, f.location.columnNumber); });
  await Promise.race([cdp.send("Debugger.pause"), new Promise((r) => setTimeout(r, 3000))]);
  await new Promise((r) => setTimeout(r, 2000));
}
await browser.close();
