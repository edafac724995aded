import { describe, expect, test } from "vitest";
import type { CapturedRequest } from "#lib/contract/requests.ts";
import { localAdvice } from "../../cli/listen/advice.ts";
import { readConfigFile } from "../../cli/listen/config-file.ts";
import {
  checkOrder,
  describeRoute,
  NO_TIMEOUT_MS,
  type Route,
  readTarget,
  splitFilter,
} from "../../cli/listen/route.ts";

describe("a target", () => {
  test.each([
    ["http://localhost:3000/webhooks", "http://localhost:3000/webhooks"],
    ["3000", "http://localhost:3000"],
    [":3000/hook", "http://localhost:3000/hook"],
    ["3000/hook?k=1", "http://localhost:3000/hook?k=1"],
    ["localhost:8080/a", "http://localhost:8080/a"],
    ["[::1]:8080", "http://[::1]:8080"],
    ["https://app.test", "https://app.test"],
  ])("%s stands for %s", (typed, url) => expect(readTarget(typed).url).toBe(url));

  test.each(["ftp://h/", "app.test:3000", "http://h:99999", "99999"])("%s is none", (typed) =>
    expect(() => readTarget(typed)).toThrow("is no target"),
  );

  test.each([
    ["http://h/?a=http://b/", null, "http://h/?a=http://b/"],
    ["path:/stripe*=http://h/a", "path:/stripe*", "http://h/a"],
    ["body.a:b=3000/x", "body.a:b", "3000/x"],
    ["3000", null, "3000"],
  ])("%s: filter %j", (typed, filter, target) => {
    const split = splitFilter(typed);
    expect([split.filter?.text ?? null, split.target]).toEqual([filter, target]);
  });

  test("behind one that takes everything would never get a request", () => {
    const route = (typed: string): Route => {
      const { filter, target } = splitFilter(typed);
      const way = {
        kind: "url" as const,
        ...readTarget(target),
        append: true,
        hostHeader: null,
        insecure: false,
      };
      return { filter, way, timeoutMs: 1 };
    };
    expect(() => checkOrder([route("path:/a=http://h/1"), route("http://h/2")])).not.toThrow();
    expect(() => checkOrder([route("http://h/2"), route("path:/a=http://h/1")])).toThrow(
      '"path:/a → http://h/1" would never get a request',
    );
    expect(describeRoute(route("3000"))).toBe("http://localhost:3000");
  });
});

describe("hooklens.yml", () => {
  const request = (target: string) =>
    ({
      method: "POST",
      target,
      headers: [],
      provider: null,
      contentType: null,
    }) as unknown as CapturedRequest;

  test("holds targets with filters, commands, and how to reach them", () => {
    const { bin, name, routes } = readConfigFile(
      `# my targets
bin: "https://h.example/in/abcdefghij0123456789"
name: laptop
targets:
  - match: 'path:/stripe*'
    to: 3000/a
    append: false
    timeout: 10m
  - {match: method:PUT, to: "https://localhost", insecure: true, host-header: app.test}
  - exec: ./handle.sh
    timeout: 0
`,
      "hooklens.yml",
    );
    expect([bin, name]).toEqual(["https://h.example/in/abcdefghij0123456789", "laptop"]);
    expect(routes.map(describeRoute)).toEqual([
      "path:/stripe* → http://localhost:3000/a",
      "method:PUT → https://localhost",
      "exec ./handle.sh",
    ]);
    expect(routes.map(({ timeoutMs }) => timeoutMs)).toEqual([600_000, 30_000, NO_TIMEOUT_MS]);
    expect(routes[0]?.way).toMatchObject({ append: false, insecure: false, hostHeader: null });
    expect(routes[1]?.way).toMatchObject({ append: true, insecure: true, hostHeader: "app.test" });
    expect(routes[0]?.filter?.matches(request("/stripe/x"), Buffer.alloc(0))).toBe(true);
    expect(routes[0]?.filter?.matches(request("/other"), Buffer.alloc(0))).toBe(false);
  });

  test.each([
    ["", "1:1: The file holds `targets:`"],
    ["targets: []", "1:10: `targets` is a list with at least one target."],
    ["targets:\n  - too: 1\n", '2:5: There is no "too" here. Did you mean "to"?'],
    ["target:\n  - to: 1\n", '1:1: There is no "target" here. Did you mean "targets"?'],
    ["targets:\n  - to: [1\n", "This is not YAML"],
    ["targets:\n  - match: a\n", "2:5: A target has either `to: URL` or `exec: COMMAND`."],
    ["targets:\n  - to: 1\n    exec: x\n", "2:5: A target has either"],
    ["targets:\n  - to: ftp://h\n", '2:9: "ftp://h" is no target'],
    [
      "targets:\n  - to: 1\n    match: 'size>>1'\n",
      '3:13: The filter "size>>1" can\'t be read at column 6',
    ],
    ["targets:\n  - to: 1\n    append: 'true'\n", "`append` is true or false."],
    ["targets:\n  - to: 1\n    timeout: soon\n", "3:14: timeout is a time"],
    ["targets:\n  - to: 1\n    to: 2\n", "3:5: `to` stands here twice."],
    ["targets:\n  - to: 1\n  - to: 2\n", "would never get a request"],
    ["targets: &x\n  - to: *x\n", "Anchors and aliases are not read"],
  ])("%j: what is wrong, and where", (text, message) => {
    expect(() => readConfigFile(text, "hooklens.yml")).toThrow(message);
    expect(() => readConfigFile(text, "hooklens.yml")).toThrow(/^hooklens\.yml:\d+:\d+: /);
  });
});

test("advice about names that exist inside containers only", () => {
  expect(localAdvice.unknownHost("host.docker.internal")).toMatch(/container/);
  expect(localAdvice.unknownHost("api")).toMatch(/Compose/);
  expect(localAdvice.unknownHost("api.exmaple.com")).toBe("Check the spelling.");
});
