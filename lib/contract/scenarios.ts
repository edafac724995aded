import { z } from "zod";
import { SCENARIO_SOURCE_CHARACTERS_MAX, VARIABLE_NAME } from "./scenario-limits.ts";
import { withinMs } from "./within-ms.ts";

export const SCENARIOS_MAX = 100;
const STEPS_MAX = 50;
export const ENVIRONMENTS_MAX = 20;
const VARIABLES_MAX = 100;

const SUBJECT = /^(status|time|body(?:$|[.[].*)|header\..+)$/;
const SUBJECT_WORDS = "One of status, time, header.NAME, body, body.PATH";

/** A place of an event that can be set: the grammar of lib/scenarios/value-at.ts, or a header. */
const SETTABLE =
  /^(?:body(?:\.[^.[\]]+|\[\d{1,9}\]|\["(?:[^"\\]|\\.)*"\])+|header\.[!#$%&'*+.^_`|~\w-]+)$/;

const text = z.string().max(10_000, "At most 10,000 characters");
const scalar = z.union([text, z.number(), z.boolean(), z.null()]);
const variableName = z
  .string()
  .regex(VARIABLE_NAME, "A name has letters, digits, - and _, and begins with a letter or _");

/** A run keeps its seat as long as one of its steps is tried. */
const WITHIN_MS_MAX = 300_000;

/** What a value of an answer should be. A text without any of these words means `equals`. */
const testSchema = z
  .strictObject({
    equals: scalar.optional(),
    not: scalar.optional(),
    contains: text.optional(),
    above: z.number().optional(),
    below: z.number().optional(),
    in: z.array(scalar).max(100).optional(),
    exists: z.boolean().optional(),
  })
  // Without any it would pass whatever came.
  .refine((test) => Object.keys(test).length > 0, "At least one test");
export type ValueTest = z.infer<typeof testSchema>;

const expectSchema = z.record(
  z.string().max(1_000).regex(SUBJECT, SUBJECT_WORDS),
  z.union([scalar, testSchema], {
    error: "A value, or {equals, not, contains, above, below, in, exists}",
  }),
);

const STEP_KINDS =
  "A step is one of `sample` (an event to send), `request` (a captured one) and `call`";

const stepSchema = z
  .strictObject(
    {
      name: text.optional(),
      /** A provider and one of its events: `stripe payment_intent.succeeded`. */
      sample: text.optional(),
      /** A captured request: its number, its id, or a filter of which the newest is taken. */
      request: z.union([text, z.int()]).optional(),
      /** A method and a URL. */
      call: text.optional(),
      /** A URL, or `listener`. */
      to: text.optional(),
      append: z.boolean().optional(),
      resign: z.boolean().optional(),
      /** Values of the event that are other ones when it is sent; a header that is null is left out. */
      set: z
        .record(
          z.string().max(1_000).regex(SETTABLE, "A place such as body.data.id or header.X-Name"),
          z.json(),
        )
        .optional(),
      headers: z.record(z.string(), text).optional(),
      /** A text, or what is sent as JSON. */
      body: z.json().optional(),
      /** Tried again until what is expected holds, so long at most: `500ms`, `5s`. */
      within: z
        .string()
        .refine(
          (value) => withinMs(value) <= WITHIN_MS_MAX,
          "A time such as 500ms or 5s, at most 300s",
        )
        .optional(),
      expect: expectSchema.optional(),
      /** Values for later steps, by the name that they get. */
      keep: z.record(variableName, z.string().max(1_000).regex(SUBJECT, SUBJECT_WORDS)).optional(),
    },
    { error: ({ code }) => (code === "invalid_type" ? STEP_KINDS : undefined) },
  )
  .superRefine((step, context) => {
    const kinds = (["sample", "request", "call"] as const).filter(
      (kind) => step[kind] !== undefined,
    );
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (kinds.length !== 1) {
      context.addIssue({
        code: "custom",
        message: STEP_KINDS,
      });
      return;
    }
    if (kinds[0] === "call") {
      if (step.to !== undefined) refuse("to", "A call names its URL behind the method");
      if (step.append !== undefined) refuse("append", "A call has nothing to append");
      if (step.resign !== undefined) refuse("resign", "A call is not signed by a provider");
      if (step.set !== undefined) refuse("set", "A call has `headers` and `body` of its own");
      return;
    }
    for (const [place, value] of Object.entries(step.set ?? {})) {
      if (place.startsWith("header.") && typeof value === "object" && value !== null) {
        context.addIssue({
          code: "custom",
          path: ["set", place],
          message: "A header is a text, or null to leave it out",
        });
      }
    }
    if (step.to === undefined) refuse("to", "Where the event is sent: a URL, or listener");
    if (step.headers !== undefined)
      refuse("headers", "The event's own headers are sent: `set` changes them");
    if (step.body !== undefined) refuse("body", "The event's own body is sent: `set` changes it");
    if (step.within !== undefined) refuse("within", "An event is sent once");
  });
export type Step = z.infer<typeof stepSchema> & {
  /** Where in the source each place that it sets stands: known when it was read. */
  lines?: Record<string, number>;
};

const variablesSchema = z.record(variableName, z.union([text, z.number(), z.boolean()]));

/** A scenario as its file says it. */
export const scenarioFileSchema = z.strictObject(
  {
    name: z
      .string({
        error: ({ input }) =>
          input === undefined ? "A scenario has a name" : "A name is a text: put it in quotes",
      })
      .min(1, "A scenario has a name")
      .max(100, "At most 100 characters")
      .regex(/^[^\p{Cc}\p{Cs}]*$/u, "No control characters"),
    environments: z.record(variableName, variablesSchema).optional(),
    steps: z
      .array(stepSchema, "A list of steps")
      .min(1, "At least one step")
      .max(STEPS_MAX, `At most ${STEPS_MAX} steps`),
  },
  {
    error: ({ code }) => (code === "invalid_type" ? "A scenario has a name and steps" : undefined),
  },
);
export type ScenarioFile = Omit<z.infer<typeof scenarioFileSchema>, "steps"> & { steps: Step[] };

export const scenarioSourceSchema = z.strictObject({
  /** YAML; JSON is YAML too. */
  source: z
    .string()
    .max(
      SCENARIO_SOURCE_CHARACTERS_MAX,
      `At most ${SCENARIO_SOURCE_CHARACTERS_MAX.toLocaleString("en")} characters`,
    ),
});

/** One thing that was expected of an answer. */
export type Check = { subject: string; wanted: string; got: string | null; passed: boolean };

export type StepReport = {
  name: string;
  kind: "event" | "call";
  state: "passed" | "failed" | "skipped";
  /** What was asked, as it was sent; secret values are not in it. */
  asked: string | null;
  /** The captured request that was sent on. */
  requestId: string | null;
  status: number | null;
  /** Where the answer leads, resolved: only with a redirect, which is not followed. */
  location?: string;
  /** Of the last try, in milliseconds. */
  totalMs: number | null;
  tries: number;
  /** Why there is no answer to check; null when there is one. */
  error: string | null;
  checks: Check[];
};

export type RunReport = {
  scenario: string;
  environment: string | null;
  startedAt: string;
  totalMs: number;
  passed: boolean;
  steps: StepReport[];
};

export type Scenario = {
  id: string;
  name: string;
  source: string;
  createdAt: string;
  updatedAt: string;
  lastRun: RunReport | null;
};

export const runCreateSchema = z.strictObject({
  /** Whose variables count; absent: only those of none. */
  environment: variableName.optional(),
});

/** A line of what a run answers with while it goes on. */
export type RunLine = { step: number; report: StepReport } | { run: RunReport };

export const environmentPutSchema = z.strictObject({
  variables: z
    .array(
      z.strictObject({
        name: variableName,
        /** Left out for a secret one: what is kept stays. */
        value: text.regex(/^[^\0]*$/, "No NUL characters").optional(),
        secret: z.boolean().optional(),
      }),
    )
    .max(VARIABLES_MAX, `At most ${VARIABLES_MAX} variables`),
});
export type EnvironmentPut = z.infer<typeof environmentPutSchema>;

/** The value of a secret one is never given out. */
export type Variable = { name: string; value: string | null; secret: boolean };
export type Environment = { name: string; variables: Variable[] };
