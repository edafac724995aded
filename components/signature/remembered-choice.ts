/** One of a few that this browser keeps; the first choice where it keeps none. */
export function rememberedChoice<Choice extends string>(
  key: string,
  choices: readonly Choice[],
  fallback: Choice,
) {
  return {
    read(): Choice {
      try {
        return choices.find((choice) => choice === localStorage.getItem(key)) ?? fallback;
      } catch {
        return fallback;
      }
    },
    write(choice: Choice): void {
      try {
        localStorage.setItem(key, choice);
      } catch {
        // Storage may be off; then it is chosen anew each time.
      }
    },
  };
}
