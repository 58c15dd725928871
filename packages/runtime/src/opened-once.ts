/** Something that is opened when it is first asked for. */
export interface OpenedOnce<Resource> {
  /** Opens it, or gives what was opened; a failure is tried again by the next one to ask. */
  readonly open: () => Promise<Resource>;
  /** Closes it if it was opened. */
  readonly close: () => Promise<void>;
}

/** What is opened once, however many ask for it, and not before. */
export function openedOnce<Resource extends { close(): Promise<void> }>(
  open: () => Promise<Resource>,
): OpenedOnce<Resource> {
  let opened: Promise<Resource> | undefined;
  return {
    open: () =>
      (opened ??= open().catch((error: unknown) => {
        opened = undefined;
        throw error;
      })),
    async close() {
      await (await opened?.catch(() => undefined))?.close();
      opened = undefined;
    },
  };
}
