const undoMs = 7000;

/** Deletes after the time to undo it, or at once when the page is left before; gives what undoes it. */
export function deleteLater(
  ids: readonly string[],
  remove: (id: string) => Promise<unknown>,
): () => void {
  const end = () => {
    clearTimeout(timer);
    removeEventListener("pagehide", go);
  };
  const go = () => {
    end();
    for (const id of ids) void remove(id);
  };
  const timer = setTimeout(go, undoMs);
  addEventListener("pagehide", go);
  return end;
}
