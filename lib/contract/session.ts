/** The browser's session: an opaque id. Its Path is /api, so that it never goes to a capture URL. */
export const SESSION_COOKIE = "hooklens_session";

/** How long it lasts after the last visit: the longest that browsers keep a cookie. */
export const SESSION_DAYS = 400;
