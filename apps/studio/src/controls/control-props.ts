import type { JSX } from "preact";

import type { OptionSchema } from "../catalog/option-schema.ts";

/** What every control is given: an option's schema and value, and who wants to know of a change. */
export interface ControlProps<Value = unknown> {
  readonly id: string;
  /** What it is called, for controls that no label element names. */
  readonly label: string;
  readonly schema: OptionSchema;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Draws the control for any schema; given to those that hold others, which would import each other in a circle. */
export type DrawControl = (
  props: Omit<ControlProps, "id"> & { readonly id?: string },
) => JSX.Element;
