import type { Pixels } from "@tintype/image-core";

import { filtersWasm } from "./filters-wasm.ts";

interface Filters {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  filter(type: number, stride: number, rows: number, channels: number, to: number): void;
}

const pageBytes = 65_536;
/** The last sixteen bytes of a row may begin at its last byte. */
const overrun = 16;

let loaded: Filters | undefined;

/** The filters that are used, by the byte that names them. */
const typeOf = { none: 0, average: 3, paeth: 4 } as const;

/** How rows are filtered before they are compressed. */
export type RowFilter = keyof typeof typeOf;

/** Rows `from` to `to`, filtered, each behind the byte that names the filter. */
export function filterRows(pixels: Pixels, filter: RowFilter, from: number, to: number): Buffer {
  return filter === "none"
    ? plainRows(pixels, from, to)
    : filteredRows(pixels, typeOf[filter], from, to);
}

/** Flat art repeats itself in long runs, which any filter would hide from string matching. */
function plainRows({ data, width, channels }: Pixels, from: number, to: number): Buffer {
  const stride = width * channels;
  const rows = Buffer.alloc((stride + 1) * (to - from));
  for (let y = from; y < to; y += 1) {
    data.copy(rows, (y - from) * (stride + 1) + 1, y * stride, (y + 1) * stride);
  }
  return rows;
}

/**
 * Filters rows by Average or Paeth (PNG, third edition, 9.3 and 9.4).
 * Photographs become nearly memoryless noise around 0, which Huffman codes alone compress as well as string matching.
 */
function filteredRows(
  { data, width, channels }: Pixels,
  type: number,
  from: number,
  to: number,
): Buffer {
  const stride = width * channels;
  const rows = to - from;
  const start = stride * (rows + 1) + overrun;
  const length = (stride + 1) * rows;
  const wasm = filtersWith(start + length + overrun);
  const bytes = new Uint8Array(wasm.memory.buffer);
  // Above the first row, samples count as 0.
  if (from === 0) bytes.fill(0, 0, stride);
  else bytes.set(data.subarray((from - 1) * stride, from * stride));
  bytes.set(data.subarray(from * stride, to * stride), stride);
  wasm.filter(type, stride, rows, channels, start);
  return Buffer.from(bytes.subarray(start, start + length));
}

/** The filters with room for so many bytes; one instance serves the process, as calls never overlap. */
function filtersWith(bytes: number): Filters {
  loaded ??= instantiate(Buffer.from(filtersWasm, "base64"));
  const missing = Math.ceil((bytes - loaded.memory.buffer.byteLength) / pageBytes);
  if (missing > 0) loaded.memory.grow(missing);
  return loaded;
}

function instantiate(code: Uint8Array): Filters {
  // Node's types leave WebAssembly to those of browsers.
  const { Instance, Module } = Reflect.get(globalThis, "WebAssembly") as {
    readonly Module: new (code: Uint8Array) => object;
    readonly Instance: new (module: object) => { readonly exports: unknown };
  };
  return new Instance(new Module(code)).exports as Filters;
}
