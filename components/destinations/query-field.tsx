import type { ComponentProps } from "react";
import { Field, Input } from "#components/ui/field.tsx";

type QueryFieldProps = {
  /** What an empty one stands for. */
  all: string;
  placeholder: string;
  error: string | undefined;
  /** The form's own: its value, and what is typed. */
  input: Pick<ComponentProps<"input">, "value" | "onChange">;
};

/** Which requests go out, in the matching language. */
export function QueryField({ all, placeholder, error, input }: QueryFieldProps) {
  return (
    <Field
      label="Only what matches"
      hint={`In the language of the search box; empty: ${all}.`}
      error={error}
    >
      <Input wire placeholder={placeholder} {...input} />
    </Field>
  );
}
