type ReferenceProps = {
  id: string;
  seq: number;
  /** Null where there is no list beside it. */
  onOpen: ((id: string) => void) | null;
};

/** Another request by its number, and the way to it. */
export function Reference({ id, seq, onOpen }: ReferenceProps) {
  if (!onOpen) return <span>#{seq}</span>;
  return (
    <button
      type="button"
      onClick={() => onOpen(id)}
      className="touch-target cursor-pointer rounded-sm text-accent hover:underline"
    >
      #{seq}
    </button>
  );
}
