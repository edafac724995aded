import { useState } from "react";
import { Switch } from "#components/ui/switch.tsx";
import { useSaving } from "./use-saving.ts";

type NameOf<Values, Kind> = {
  [Name in keyof Values & string]: Values[Name] extends Kind ? Name : never;
}[keyof Values & string];

/** The values of a form of texts and switches, with what its controls need and what becomes of saving it. */
export function useForm<Values extends Record<string, string | boolean>>(
  first: Values,
  onChange?: () => void,
) {
  const [values, setValues] = useState(first);
  const { saving, run, touch } = useSaving();

  function set(name: keyof Values, value: string | boolean) {
    setValues((now) => ({ ...now, [name]: value }));
    onChange?.();
    touch();
  }

  return {
    values,
    saving,
    run,
    /** What the API said of the value at this JSON pointer, or below it. */
    errorOf: (pointer: string) =>
      saving.fields.find(
        (field) => field.pointer === pointer || field.pointer.startsWith(`${pointer}/`),
      )?.detail,
    /** For an `Input` or a `TextArea`. */
    text: <Name extends NameOf<Values, string>>(name: Name) => ({
      value: values[name] as Values[Name] & string,
      autoComplete: "off",
      spellCheck: false,
      onChange: ({ target }: { target: { value: string } }) => set(name, target.value),
    }),
    flag: <Name extends NameOf<Values, boolean>>(name: Name, words: string) => (
      <Switch checked={values[name] as Values[Name] & boolean} onChange={(next) => set(name, next)}>
        <span className="text-xs">{words}</span>
      </Switch>
    ),
  };
}
