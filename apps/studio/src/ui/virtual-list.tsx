import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { pageZoom } from "./page-zoom.ts";

interface VirtualGridProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** The narrowest a cell may be, and the height of each, in px. */
  readonly minWidth: number;
  readonly height: number;
  readonly gap: number;
  readonly children: (item: Item, index: number) => ComponentChildren;
  /** Called when the end comes near. */
  readonly onNearEnd: () => void;
}

const extraRows = 2;

function clamp(row: number, rows: number): number {
  return Math.max(0, Math.min(row, rows));
}

/** A grid of any number of equal cells, of which only those near the window exist. */
export function VirtualGrid<Item>(props: VirtualGridProps<Item>) {
  const { items, keyOf, minWidth, height, gap, onNearEnd } = props;
  const element = useRef<HTMLUListElement>(null);
  const view = useSignal({ columns: 1, first: 0, last: 20 });
  const rowHeight = height + gap;

  useEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (!box) return;
      const zoom = pageZoom(element.current as HTMLElement);
      const columns = Math.max(1, Math.floor((box.width / zoom + gap) / (minWidth + gap)));
      const rows = Math.ceil(items.length / columns);
      const row = rowHeight * zoom;
      const first = clamp(Math.floor(-box.top / row) - extraRows, rows);
      const last = clamp(Math.ceil((innerHeight - box.top) / row) + extraRows, rows);
      const now = view.peek();
      if (now.columns !== columns || now.first !== first || now.last !== last)
        view.value = { columns, first, last };
      if (last * columns >= items.length) onNearEnd();
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      removeEventListener("scroll", measure);
    };
  }, [items]);

  const { columns, first, last } = view.value;
  const rows = Math.ceil(items.length / columns);
  const start = first * columns;
  return (
    <ul
      ref={element}
      class="grid"
      aria-label={props.label}
      style={{
        height: `${Math.max(0, rows * rowHeight - gap)}px`,
        paddingTop: `${first * rowHeight}px`,
        "--columns": columns,
        "--gap": `${gap}px`,
        "--row": `${height}px`,
      }}
    >
      {items.slice(start, last * columns).map((item, index) => (
        <li key={keyOf(item)} aria-setsize={items.length} aria-posinset={start + index + 1}>
          {props.children(item, start + index)}
        </li>
      ))}
    </ul>
  );
}
