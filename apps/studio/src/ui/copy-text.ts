import { texts } from "../texts.ts";
import { tell } from "./toasts.tsx";

/** Puts a text on the clipboard, and says so. */
export async function copyText(text: string, said: string = texts.copied): Promise<void> {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else copyBySelection(text);
  tell(said);
}

/** Where the page came by plain http from another machine there is no clipboard, but this. */
function copyBySelection(text: string): void {
  const area = document.createElement("textarea");
  area.value = text;
  // What is outside of a dialog can't be selected while it is open.
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}
