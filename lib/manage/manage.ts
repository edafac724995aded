import { createAnnotationOperations } from "./annotations.ts";
import { createBinOperations } from "./bins.ts";
import { createDestinationOperations } from "./destinations.ts";
import { createExportOperations } from "./exports.ts";
import { createExperimentOperations } from "./experiments.ts";
import { createFilterOperations } from "./filters.ts";
import { createImportOperations } from "./imports.ts";
import { createKeyOperations } from "./keys.ts";
import { createListenerOperations } from "./listeners.ts";
import type { ManageParts } from "./parts.ts";
import { createResendOperations } from "./resends.ts";
import { createRequestOperations } from "./requests.ts";
import { createSampleOperations } from "./samples.ts";
import { createScenarioOperations } from "./scenarios.ts";
import { createSecretOperations } from "./secrets.ts";
import { createSessionOperations } from "./sessions.ts";
import { createDocumentChecks } from "./shapes/document-checks.ts";
import { createDocumentOperations } from "./shapes/documents.ts";
import { createShapeOperations } from "./shapes/operations.ts";
import { createSharedOperations } from "./shared.ts";
import { createShareOperations } from "./shares.ts";
import { createSignatureOperations } from "./signatures.ts";

/**
 * The operations behind the management API: each changes the store and tells whoever must know. Whether the caller may
 * is decided before (lib/access.ts).
 */
export function createManage(parts: ManageParts) {
  const annotations = createAnnotationOperations(parts);
  const documentChecks = createDocumentChecks(parts, parts.checker);
  const shapes = createShapeOperations(parts, documentChecks);
  const samples = createSampleOperations(parts);
  return {
    annotations,
    bins: createBinOperations(parts),
    destinations: createDestinationOperations(parts),
    experiments: createExperimentOperations(parts),
    exports: createExportOperations(parts),
    filters: createFilterOperations(parts),
    imports: createImportOperations(parts, annotations),
    keys: createKeyOperations(parts),
    listeners: createListenerOperations(parts),
    requests: createRequestOperations(parts, annotations, shapes.forget),
    resends: createResendOperations(parts),
    samples,
    scenarios: createScenarioOperations({ ...parts, samples }),
    environments: parts.environments,
    secrets: createSecretOperations(parts),
    shapes,
    documents: createDocumentOperations(parts, parts.checker),
    shared: createSharedOperations(parts),
    shares: createShareOperations(parts),
    signatures: createSignatureOperations(parts),
    sessions: createSessionOperations(parts),
  };
}

export type Manage = ReturnType<typeof createManage>;
