import { createAnnotations } from "./annotations.ts";
import { tellWhenAway } from "./away.ts";
import { createBins } from "./bins.ts";
import { createBrowserForwards } from "./browser-forwards.ts";
import type { Database } from "./database.ts";
import { createDestinations } from "./destinations.ts";
import { createCorrections } from "./corrections.ts";
import { createExports } from "./exports.ts";
import { createFilters } from "./filters.ts";
import { createForwards } from "./forwards.ts";
import { createKeys } from "./keys.ts";
import { createListeners } from "./listeners.ts";
import { createNews } from "./news.ts";
import { createRejudgings } from "./rejudgings.ts";
import { createRemovals } from "./removals.ts";
import { createReplays } from "./replays.ts";
import { createResends } from "./resends.ts";
import { createRequests } from "./requests.ts";
import { createScenarios } from "./scenarios.ts";
import { createSealing } from "./sealing.ts";
import { createSecrets } from "./secrets.ts";
import { createSessions } from "./sessions.ts";
import { createShapeDocuments } from "./shape-documents.ts";
import { createShapes } from "./shapes.ts";
import { createShares } from "./shares.ts";
import { createThreads } from "./threads.ts";
import { createVariables } from "./variables.ts";

/** All that is kept, by family. The only way to it: Prisma's types and SQL stay in this folder. */
export function createStore(database: Pick<Database, "prisma" | "pool">) {
  return {
    bins: tellWhenAway(createBins(database)),
    keys: tellWhenAway(createKeys(database)),
    sessions: tellWhenAway(createSessions(database)),
    requests: tellWhenAway(createRequests(database)),
    removals: tellWhenAway(createRemovals(database)),
    annotations: tellWhenAway(createAnnotations(database)),
    corrections: tellWhenAway(createCorrections(database)),
    exports: tellWhenAway(createExports(database)),
    filters: tellWhenAway(createFilters(database)),
    threads: tellWhenAway(createThreads(database)),
    forwards: tellWhenAway(createForwards(database)),
    browserForwards: tellWhenAway(createBrowserForwards(database)),
    destinations: tellWhenAway(createDestinations(database)),
    resends: tellWhenAway(createResends(database)),
    replays: tellWhenAway(createReplays(database)),
    listeners: tellWhenAway(createListeners(database)),
    news: tellWhenAway(createNews(database)),
    secrets: tellWhenAway(createSecrets(database)),
    rejudgings: tellWhenAway(createRejudgings(database)),
    shapes: tellWhenAway(createShapes(database)),
    shapeDocuments: tellWhenAway(createShapeDocuments(database)),
    shares: tellWhenAway(createShares(database)),
    sealing: tellWhenAway(createSealing(database)),
    scenarios: tellWhenAway(createScenarios(database)),
    variables: tellWhenAway(createVariables(database)),
  };
}

export type Store = ReturnType<typeof createStore>;
