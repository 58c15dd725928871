import { useSignal } from "@preact/signals";
import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

import { pageZoom } from "./page-zoom.ts";

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The narrowest a cell may be, in px; left out, each has a row for itself. */
  readonly minWidth?: number;
  /** The least that a row is high, in px; what grows is measured once it is seen. */
  readonly height: number;
  readonly gap: number;
  readonly children: (item: Item, index: number) => ComponentChildren;
  /** Asks for more when the end comes near; undefined when there are no more. */
  readonly more: (() => void) | undefined;
}

const extraRows = 2;
const controls = ":is(a, button, input):not([tabindex='-1'])";
const moves: Readonly<Record<string, (columns: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  Home: () => -Infinity,
  End: () => Infinity,
};

/**
 * A list of any number of cells, of which only those near the window exist, and the row that has the focus. The arrow
 * keys, Home and End go from cell to cell.
 */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, keyOf, minWidth = Infinity, height, gap, children, more } = props;
  const element = useRef<HTMLUListElement>(null);
  const heights = useRef(new Map<string, number>()).current;
  const view = useSignal({ columns: 1, first: 0, last: 20 });
  const focused = useSignal<string | undefined>(undefined);
  const goal = useRef<{ readonly key: string; readonly control: number } | undefined>(undefined);
  const { columns, first, last } = view.value;
  const rows = Math.ceil(items.length / columns);

  const heightOf = (row: number, inColumns: number) => {
    const item = items[row * inColumns];
    return ((item !== undefined && heights.get(keyOf(item))) || height) + gap;
  };

  const measure = () => {
    const list = element.current;
    if (!list) return false;
    for (const { dataset, offsetHeight } of cellsOf(list))
      heights.set(dataset["key"] ?? "", offsetHeight);
    const zoom = pageZoom(list);
    const { top, width } = list.getBoundingClientRect();
    const next = windowOf(-top / zoom, (innerHeight - top) / zoom, width / zoom);
    const now = view.peek();
    if (now.columns !== next.columns || now.first !== next.first || now.last !== next.last)
      view.value = next;
    return next.last * next.columns >= items.length;
  };
  const windowOf = (from: number, to: number, width: number) => {
    const fitting = Math.max(1, Math.floor((width + gap) / (minWidth + gap)));
    const count = Math.ceil(items.length / fitting);
    const shown = { first: 0, last: 0 };
    for (let row = 0, top = 0; row < count && top < to; row += 1) {
      shown.last = row + 1;
      top += heightOf(row, fitting);
      if (top <= from) shown.first = row + 1;
    }
    return {
      columns: fitting,
      first: Math.max(0, shown.first - extraRows),
      last: Math.min(count, shown.last + extraRows),
    };
  };
  const look = () => {
    if (measure()) more?.();
  };
  const newest = useRef(look);
  newest.current = look;

  useLayoutEffect(() => {
    measure();
    if (goal.current === undefined) return;
    const { key, control } = goal.current;
    goal.current = undefined;
    const cell = cellsOf(element.current).find(({ dataset }) => dataset["key"] === key);
    const all = cell?.querySelectorAll<HTMLElement>(controls) ?? [];
    (all[Math.min(control, all.length - 1)] ?? cell)?.focus();
  });
  useEffect(look, [items.length, more]);
  useEffect(() => {
    const run = () => newest.current();
    const observer = new ResizeObserver(run);
    if (element.current) observer.observe(element.current);
    // Captured, as the list may be in something that scrolls by itself.
    addEventListener("scroll", run, { passive: true, capture: true });
    addEventListener("resize", run);
    return () => {
      observer.disconnect();
      removeEventListener("scroll", run, { capture: true });
      removeEventListener("resize", run);
    };
  }, []);

  const move = (event: TargetedKeyboardEvent<HTMLUListElement>) => {
    const target = event.target as HTMLElement;
    const by = moves[event.key]?.(columns);
    const cell = cellsOf(event.currentTarget).find((one) => one.contains(target));
    // A list within this one goes first; modified keys are the browser's.
    if (by === undefined || cell === undefined || event.defaultPrevented) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const index = items.findIndex((item) => keyOf(item) === cell.dataset["key"]);
    const next = items[Math.max(0, Math.min(items.length - 1, index + by))];
    if (next === undefined || next === items[index]) return;
    const control = [...cell.querySelectorAll(controls)].indexOf(target);
    goal.current = { key: keyOf(next), control: Math.max(0, control) };
    focused.value = keyOf(next);
  };

  const focusedIndex = items.findIndex((item) => keyOf(item) === focused.value);
  const focusedRow = Math.floor(focusedIndex / columns);
  const shown: ComponentChildren[] = [];
  const skip = (from: number, to: number) => {
    let space = -gap;
    for (let row = from; row < to; row += 1) space += heightOf(row, columns);
    if (to > from)
      shown.push(
        <li
          key={`until ${to}`}
          aria-hidden="true"
          style={{ gridColumn: "1 / -1", height: `${space}px` }}
        />,
      );
  };
  let reached = 0;
  for (let row = 0; row < rows; row += 1) {
    if ((row < first || row >= last) && row !== focusedRow) continue;
    skip(reached, row);
    reached = row + 1;
    for (const [place, item] of items.slice(row * columns, reached * columns).entries()) {
      const index = row * columns + place;
      shown.push(
        <li
          key={keyOf(item)}
          data-key={keyOf(item)}
          tabIndex={-1}
          aria-setsize={more ? -1 : items.length}
          aria-posinset={index + 1}
        >
          {children(item, index)}
        </li>,
      );
    }
  }
  skip(reached, rows);

  return (
    <ul
      ref={element}
      class="virtual"
      aria-label={label}
      style={{ "--columns": columns, "--gap": `${gap}px`, "--row": `${height}px` }}
      onKeyDown={move}
      onFocusIn={({ currentTarget, target }) => {
        const cell = cellsOf(currentTarget).find((one) => one.contains(target as Node));
        focused.value = cell?.dataset["key"];
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) focused.value = undefined;
      }}
    >
      {shown}
    </ul>
  );
}

function cellsOf(list: HTMLUListElement | null): readonly HTMLElement[] {
  const children = [...(list?.children ?? [])] as HTMLElement[];
  return children.filter(({ dataset }) => dataset["key"] !== undefined);
}
