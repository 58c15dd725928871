import { signal } from "@preact/signals";

const place = "tintype.key";

/** Whether somebody is asked for the API key, and why. */
export const keyQuestion = signal<{ readonly wasWrong: boolean } | undefined>(undefined);

const waiting: (() => void)[] = [];

/** The key that was given in this session. */
export function sessionKey(): string | undefined {
  return sessionStorage.getItem(place) ?? undefined;
}

/** Asks for the key; every request that needs one waits for the same answer. */
export function askForKey(wasWrong: boolean): Promise<void> {
  keyQuestion.value = { wasWrong };
  return new Promise((resolve) => waiting.push(resolve));
}

/** Takes the answer, and lets what waited for it go on. */
export function giveKey(key: string): void {
  sessionStorage.setItem(place, key.trim());
  keyQuestion.value = undefined;
  for (const go of waiting.splice(0)) go();
}
