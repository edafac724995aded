/** Of a query. Apart from the parser, which a page only fetches with its first query. */
export const QUERY_CHARACTERS_MAX = 1000;
