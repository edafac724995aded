// A program of its own: loads each handler as Next would and shows it its requests. Cases come in, answers go out as JSON.
import { readFileSync } from "node:fs";

const cases = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = [];
console.log = () => undefined;
for (const { name, file, setting, secret, otherSettings, url, samples } of cases) {
  Object.assign(process.env, { [setting]: secret, ...otherSettings });
  process.env.PUBLIC_ORIGIN = new URL(url).origin;
  const { POST } = await import(file);
  // As behind a proxy, which has another origin.
  const seen = url.replace(/^https?:\/\/[^/]+/, "http://127.0.0.1:3000");
  for (const { what, headers, body, isGenuine } of samples) {
    const { status } = await POST(new Request(seen, { method: "POST", headers, body }));
    answers.push({ name, what, isGenuine, status });
  }
}
process.stdout.write(JSON.stringify(answers));
