// Writes the tables of docs/providers.md from the providers' rows and from what recognition makes of its corpus, and that of
// docs/fidelity.md from what forwards make of the odd requests:
// `node tests/write-tables.ts`, after `node tests/oracles/install.ts`.
import { writeSection } from "./helpers/doc-section.ts";
import { fidelityTable } from "./helpers/fidelity-matrix.ts";
import { providerTable } from "./helpers/provider-table.ts";
import { summary, tallies } from "./oracles/recognition.ts";

writeSection("providers", providerTable());
writeSection("recognition", summary(await tallies()));
writeSection("fidelity", fidelityTable(), "fidelity");
