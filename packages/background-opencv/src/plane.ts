/** One sample a pixel, row by row. */
export interface Plane<T extends Uint8Array | Float32Array = Float32Array> {
  readonly data: T;
  readonly width: number;
  readonly height: number;
}

/** RGB, 8 bits each, interleaved, row by row. */
export interface RgbPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}
