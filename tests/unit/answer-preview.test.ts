import http from "node:http";
import { describe, expect, it } from "vitest";
import { previewAnswer } from "#components/settings/preview-answer.ts";
import { reasonPhrase } from "#components/settings/reason-phrases.ts";

const draft = { status: "200", delayMs: "0", headers: [], body: "" };
const names = (lines: { name: string }[]) => lines.map(({ name }) => name);

describe("the preview of an answer", () => {
  it("has Node's phrase for every status that can be set", () => {
    for (let status = 200; status < 600; status += 1) {
      expect(reasonPhrase(status)).toBe(http.STATUS_CODES[status] ?? "unknown");
    }
  });

  it("shows ours first, then the owner's with what is not sent struck out, then the framing", () => {
    const preview = previewAnswer({
      ...draft,
      status: "202",
      headers: [
        { id: 0, name: "Set-Cookie", value: "a=b" },
        { id: 1, name: "", value: "" },
        { id: 2, name: "X-Kept", value: "1" },
      ],
      body: "ü",
    });
    expect(preview?.statusLine).toBe("HTTP/1.1 202 Accepted");
    expect(names(preview?.headers ?? [])).toEqual([
      "Hooklens-Request-Id",
      "Content-Security-Policy",
      "X-Content-Type-Options",
      "Cross-Origin-Opener-Policy",
      "Referrer-Policy",
      "Set-Cookie",
      "X-Kept",
      "Content-Length",
      "Date",
      "Connection",
      "Keep-Alive",
    ]);
    expect(preview?.headers.find(({ name }) => name === "Set-Cookie")?.kind).toBe("stripped");
    expect(preview?.headers.find(({ name }) => name === "Content-Length")?.value).toBe("2");
  });

  it("does not show as sent what can't be saved", () => {
    const preview = previewAnswer({
      ...draft,
      status: "204",
      headers: ["Content-Length", "Hooklens-Id", "two words", "X-Ok"].map((name, id) => ({
        id,
        name,
        value: name === "X-Ok" ? "✓" : "1",
      })),
      body: "x",
    });
    const refused = preview?.headers.filter(({ kind }) => kind === "refused");
    expect(names(refused ?? [])).toEqual(["Content-Length", "Hooklens-Id", "two words", "X-Ok"]);
    expect(preview?.isBodyRefused).toBe(true);
  });

  it("has no length where there can be no body, and none at all for a status that is none", () => {
    expect(names(previewAnswer({ ...draft, status: "204" })?.headers ?? [])).not.toContain(
      "Content-Length",
    );
    expect(previewAnswer({ ...draft, status: "20" })).toBeNull();
  });
});
