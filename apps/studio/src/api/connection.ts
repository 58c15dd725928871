import { signal } from "@preact/signals";

/** Whether the server answers. */
export const connection = signal<"up" | "down">("up");

const retryMs = 1500;

/** Says that the server did not answer, and asks until it does. */
export function noteSilence(): void {
  if (connection.value === "down") return;
  connection.value = "down";
  const ask = async (): Promise<void> => {
    const answer = await fetch("/health", { cache: "no-store" }).catch(() => undefined);
    if (answer) connection.value = "up";
    else setTimeout(() => void ask(), retryMs);
  };
  setTimeout(() => void ask(), retryMs);
}
