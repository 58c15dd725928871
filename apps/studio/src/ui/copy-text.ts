import { texts } from "../texts.ts";
import { tell } from "./toasts.tsx";

/** Puts a text on the clipboard, and says so, or that the browser did not allow it. */
export async function copyText(text: string, said: string = texts.copied): Promise<void> {
  const write = navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if ((await write) || copyBySelection(text)) tell(said);
  else tell(texts.notCopied, { isFault: true });
}

/** Where the page came by plain http from another machine there is no clipboard, but this. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.value = text;
  // What is outside of a dialog can't be selected while it is open.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return isCopied;
}
