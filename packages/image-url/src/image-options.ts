/** Where something stands, or what a crop keeps: by compass, at a point in fractions of the picture, or by content. */
export type Gravity =
  | Compass
  | "sm"
  | { readonly type: Compass; readonly x?: number; readonly y?: number }
  | { readonly type: "fp"; readonly x: number; readonly y: number };

/** North, south, east, west, the corners between them, and the center. */
export type Compass = "no" | "so" | "ea" | "we" | "noea" | "nowe" | "soea" | "sowe" | "ce";

/** What to make of a picture: every processing option, by its long name in camel case. */
export interface ImageOptions {
  readonly resizingType?: "fit" | "fill" | "fill-down" | "force" | "auto";
  /** Px; follows the height when left out. */
  readonly width?: number;
  /** Px; follows the width when left out. */
  readonly height?: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** Factor of both sides, or of each. */
  readonly zoom?: number | readonly [x: number, y: number];
  /** Device pixel ratio. */
  readonly dpr?: number;
  readonly enlarge?: boolean;
  /** Whether to add space up to the size that was asked for, and where the picture stands in it. */
  readonly extend?: boolean | Gravity;
  readonly extendAspectRatio?: boolean | Gravity;
  readonly gravity?: Gravity;
  /** Before any resizing; sides below 1 are fractions, 0 is the whole side. */
  readonly crop?: { readonly width: number; readonly height: number; readonly gravity?: Gravity };
  readonly trim?: {
    readonly threshold: number;
    /** Six hexadecimal digits. */
    readonly color?: string;
    readonly equalHorizontal?: boolean;
    readonly equalVertical?: boolean;
  };
  /** Px on all sides, or top, right, bottom and left. */
  readonly padding?: number | readonly [top: number, right: number, bottom: number, left: number];
  readonly autoRotate?: boolean;
  /** Degrees, in quarter turns. */
  readonly rotate?: number;
  readonly flip?: { readonly horizontal?: boolean; readonly vertical?: boolean };
  /** Six hexadecimal digits. */
  readonly background?: string;
  readonly adjust?: {
    /** -255 to 255. */
    readonly brightness?: number;
    /** 1 changes nothing. */
    readonly contrast?: number;
    /** 1 changes nothing. */
    readonly saturation?: number;
  };
  readonly gradient?: {
    readonly opacity: number;
    readonly color?: string;
    readonly direction?: "up" | "down" | "left" | "right" | number;
    readonly start?: number;
    readonly stop?: number;
  };
  /** Px. */
  readonly blur?: number;
  readonly sharpen?: number;
  /** Px. */
  readonly pixelate?: number;
  readonly watermark?: {
    readonly opacity: number;
    /** `re` repeats it. */
    readonly position?: Compass | "re";
    readonly x?: number;
    readonly y?: number;
    readonly scale?: number;
  };
  /** The address of the watermark, instead of the server's own. */
  readonly watermarkUrl?: string;
  readonly stripMetadata?: boolean;
  readonly keepCopyright?: boolean;
  readonly stripColorProfile?: boolean;
  readonly quality?: number;
  readonly formatQuality?: Readonly<Record<string, number>>;
  readonly maxBytes?: number;
  readonly format?: string;
  /** Source formats that are given out as they are. */
  readonly skipProcessing?: readonly string[];
  readonly raw?: boolean;
  readonly cachebuster?: string;
  /** The end of the address. */
  readonly expires?: Date;
  readonly filename?: string;
  readonly returnAttachment?: boolean;
  readonly preset?: readonly string[];
}
