/** In what a shape is given. */
export const shapeFormats = ["json", "typescript", "zod", "json-schema"] as const;
export type ShapeFormat = (typeof shapeFormats)[number];
