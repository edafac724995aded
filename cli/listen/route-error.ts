/** What a filter or a target says wrong, in a sentence for the person. */
export class RouteError extends Error {}
