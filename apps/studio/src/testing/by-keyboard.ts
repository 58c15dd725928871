import type { CDPSession, Page } from "playwright-core";
import { expect } from "vitest";

const mostTabs = 150;

/** What has the focus, as the browser tells it to a screen reader. */
interface Focus {
  readonly role: string;
  readonly name: string;
}

/** A page as somebody has it who neither sees it nor points at it. */
export interface Keyboard {
  /** Presses a key until something of a role and a name has the focus; all on the way must have both. */
  readonly goTo: (role: string, name: RegExp, key?: "Tab" | "Shift+Tab") => Promise<void>;
  /** Presses Tab so many times; gives how often something had the focus, which had a role and a name each time. */
  readonly along: (tabs: number) => Promise<number>;
  /** What live regions said so far. */
  readonly heard: () => Promise<readonly string[]>;
}

/** Takes a page by keyboard and ear alone. */
export async function byKeyboard(page: Page): Promise<Keyboard> {
  const tree = await page.context().newCDPSession(page);
  await page.evaluate(listen);
  const press = async (key: string): Promise<Focus | undefined> => {
    await page.keyboard.press(key);
    const focus = await focusIn(tree);
    if (focus) expect([focus.name, focus.role]).not.toContain("");
    return focus;
  };
  return {
    async goTo(role, name, key = "Tab") {
      const passed: Focus[] = [];
      for (let tabs = 0; tabs < mostTabs; tabs += 1) {
        const focus = await press(key);
        if (focus?.role === role && name.test(focus.name)) return;
        if (focus) passed.push(focus);
      }
      throw new Error(`${key} never came to ${role} ${name}, but to ${JSON.stringify(passed)}.`);
    },
    async along(tabs) {
      let met = 0;
      for (let tab = 0; tab < tabs; tab += 1) if (await press("Tab")) met += 1;
      return met;
    },
    heard: () => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard),
  };
}

/** Undefined where the page itself has the focus, or the browser's own buttons. */
async function focusIn(tree: CDPSession): Promise<Focus | undefined> {
  const expression = "document.activeElement === document.body ? null : document.activeElement";
  const { objectId } = (await tree.send("Runtime.evaluate", { expression })).result;
  if (objectId === undefined) return undefined;
  const wish = { objectId, fetchRelatives: false };
  const [node] = (await tree.send("Accessibility.getPartialAXTree", wish)).nodes;
  const [role, name] = [String(node?.role?.value ?? ""), String(node?.name?.value ?? "")];
  return { role: role === "generic" ? "" : role, name: name.trim() };
}

/** Notes in the page what live regions say, as they change. */
function listen(): void {
  const heard: string[] = [];
  Object.assign(globalThis, { heard });
  const live = "[role=status], [role=alert], [aria-live]";
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes)
      for (const node of [target, ...addedNodes]) {
        const element = node instanceof Element ? node : node.parentElement;
        const region = element?.closest(live) ?? element?.querySelector("[role=alert]");
        if (region?.textContent) heard.push(region.textContent);
      }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}
