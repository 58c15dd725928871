import { useSignal, type ReadonlySignal } from "@preact/signals";

import type { Measured } from "../exports/measure-exports.ts";

/** A measured file and the picture before encoding, each by the address of its bytes. */
export interface CloseLook extends Measured {
  readonly before: string;
  readonly after: string;
}

/** Which measured file is looked at, if any; addresses of bytes end with the look. */
export function useCloseLook() {
  const looked = useSignal<CloseLook | undefined>(undefined);
  const lookAway = () => {
    const shown = looked.peek();
    looked.value = undefined;
    for (const url of shown ? [shown.before, shown.after] : []) URL.revokeObjectURL(url);
  };
  const look = (measured: Measured) => {
    lookAway();
    const { reference, file } = measured;
    const [before, after] = [URL.createObjectURL(reference), URL.createObjectURL(file)];
    looked.value = { ...measured, before, after };
  };
  return { looked: looked as ReadonlySignal<CloseLook | undefined>, look, lookAway };
}
