/** Where a handler can be written for; the names are shown. */
export const handlerKinds = ["express", "next", "hono", "fastapi", "flask"] as const;
export type HandlerKind = (typeof handlerKinds)[number];

export const handlerNames: Record<HandlerKind, string> = {
  express: "Express",
  next: "Next.js route",
  hono: "Hono",
  fastapi: "FastAPI",
  flask: "Flask",
};

export type HandlerCode = {
  kind: HandlerKind;
  language: "javascript" | "python";
  file: string;
  code: string;
};
