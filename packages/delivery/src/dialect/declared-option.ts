/** An option as it is declared: what the parser and the reference page read. */
export interface DeclaredOption {
  /** The long name first. */
  readonly names: readonly string[];
  /** Its arguments in order; one that ends in `…` comes as often as is wanted. */
  readonly takes: readonly string[];
  /** What it does, for the reference page. */
  readonly summary: string;
}

/** How many arguments an option may have. */
export function mostArguments({ takes }: DeclaredOption): number {
  return takes.at(-1)?.endsWith("…") === true ? 100 : takes.length;
}
