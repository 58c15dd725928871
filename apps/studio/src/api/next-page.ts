/** A function that has the page at a cursor loaded, once at a time and again after a failure; undefined after the last. */
export function nextPage(
  cursor: string | undefined,
  load: (cursor: string) => Promise<void>,
): (() => void) | undefined {
  if (cursor === undefined) return undefined;
  let isAsked = false;
  return () => {
    if (isAsked) return;
    isAsked = true;
    void load(cursor).finally(() => {
      isAsked = false;
    });
  };
}
