import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { listenCommand } from "#lib/contract/listen-command.ts";

const plain = {
  origin: "https://hooks.example.com",
  version: "0.1.0",
  captureUrl: "https://hooks.example.com/in/k7m2q9x4tz8w1p3v0000",
  key: "hlk_0123",
  to: "http://localhost:3000/webhooks",
};

describe("the command that connects a listener", () => {
  test("is one line, with the key in the environment and nothing quoted that needs no quotes", () => {
    expect(listenCommand(plain)).toBe(
      "HOOKLENS_KEY=hlk_0123 npx https://hooks.example.com/cli-0.1.0.tgz listen https://hooks.example.com/in/k7m2q9x4tz8w1p3v0000 --to http://localhost:3000/webhooks",
    );
    expect(listenCommand(plain, "powershell")).toMatch(
      /^\$env:HOOKLENS_KEY='hlk_0123'; npx https:/,
    );
  });

  test("hands every target to the program as it was typed", () => {
    for (const to of ["http://[::1]:3000/a?b=1&c=$(id)", "http://localhost/it's~!`#;*", "=ls"]) {
      const words = listenCommand({ ...plain, to }).replace(/^.*? npx/, "printf '%s\\n'");
      const taken = execFileSync("/bin/sh", ["-c", words], { encoding: "utf8" });
      expect(taken.trimEnd().split("\n").at(-1)).toBe(to);
    }
  });

  test("doubles a quote for PowerShell", () => {
    const command = listenCommand({ ...plain, to: "http://localhost/it's" }, "powershell");
    expect(command.endsWith("--to 'http://localhost/it''s'")).toBe(true);
  });
});
