import { describe, expect, it } from "vitest";
import { type Command, commandFor, keyLabel, matchCommands } from "#components/commands/command.ts";

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({
  id,
  name: id,
  group: "List",
  keys,
  run: () => {},
  ...more,
});
const commands = [
  command("next", ["j"]),
  command("find", ["Mod+k"]),
  command("nothing to undo", ["z"], { isOn: false }),
  command("filter requests", ["/"]),
];
const found = (key: string, more = {}) =>
  commandFor(commands, { key, isMod: false, isAlt: false, place: "nothing", ...more })?.id;

describe("the command of a key", () => {
  it("is found by the key as it is printed, with Ctrl or Cmd where it needs one", () => {
    expect(found("j")).toBe("next");
    expect(found("J")).toBeUndefined();
    expect(found("K", { isMod: true })).toBe("find");
    expect(found("j", { isMod: true })).toBeUndefined();
    expect(found("j", { isAlt: true })).toBeUndefined();
    expect(found("z")).toBeUndefined();
  });

  it("leaves fields and popups their keys", () => {
    expect(found("j", { place: "field" })).toBeUndefined();
    expect(found("k", { place: "field", isMod: true })).toBe("find");
    expect(found("k", { place: "popup", isMod: true })).toBeUndefined();
  });

  it("counts only in its place when it has one, or with the focus nowhere", () => {
    const list = { contains: (other: unknown) => other === inside } as unknown as Element;
    const inside = {} as Element;
    const bound = [command("down", ["ArrowDown"], { within: () => list })];
    const at = (place: Element | "nothing") =>
      commandFor(bound, { key: "ArrowDown", isMod: false, isAlt: false, place })?.id;
    expect([at(inside), at("nothing"), at({} as Element)]).toEqual(["down", "down", undefined]);
  });

  it("is found by words of its name, those at the start first", () => {
    const names = matchCommands(
      [command("show the next", []), command("next", []), command("gone", [], { isOn: false })],
      "NEXT",
    ).map(({ name }) => name);
    expect(names).toEqual(["next", "show the next"]);
    expect(matchCommands(commands, "req fil")).toHaveLength(1);
  });

  it("is printed as on the keyboard", () => {
    expect([keyLabel("Mod+k", true), keyLabel("Mod+k", false), keyLabel("ArrowUp", false)]).toEqual(
      ["⌘K", "Ctrl K", "↑"],
    );
  });
});
