import { expect, test } from "vitest";
import { readSection } from "#tests/helpers/doc-section.ts";
import { providerTable } from "#tests/helpers/provider-table.ts";

test("docs/providers.md tells of each provider what its row says", () => {
  expect(readSection("providers")).toEqual(providerTable());
});
