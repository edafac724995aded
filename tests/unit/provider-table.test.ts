import { expect, test } from "vitest";
import { readSection } from "#tests/helpers/doc-section.ts";
import { fidelityTable } from "#tests/helpers/fidelity-matrix.ts";
import { providerTable } from "#tests/helpers/provider-table.ts";

test("docs/providers.md tells of each provider what its row says", () => {
  expect(readSection("providers")).toEqual(providerTable());
});

test("docs/fidelity.md tells of each odd request what forwards make of it", () => {
  expect(readSection("fidelity", "fidelity")).toEqual(fidelityTable());
});
