/** The edge or corner that something is drawn to. */
export type Compass = "no" | "so" | "ea" | "we" | "noea" | "nowe" | "soea" | "sowe" | "ce";

/** What a cut keeps: a compass point with offsets, a focus point, or what the content says. */
export interface Gravity {
  readonly type: Compass | "fp" | "sm";
  /** From 1 up in px, below as a share of the picture; of a focus point, the point. */
  readonly x: number;
  readonly y: number;
}

/** Options of one pass over the picture; 0 is a side that was not asked for. */
export interface PassOptions {
  readonly resizingType: "fit" | "fill" | "fill-down" | "force" | "auto";
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly zoomX: number;
  readonly zoomY: number;
  readonly dpr: number;
  readonly enlarge: boolean;
  readonly extend: boolean;
  readonly extendGravity: Gravity;
  readonly extendAspectRatio: boolean;
  readonly extendAspectRatioGravity: Gravity;
  readonly gravity: Gravity;
  /** Sides from 1 up in px, below as a share, 0 for the whole side. */
  readonly crop: { readonly width: number; readonly height: number; readonly gravity?: Gravity };
  readonly trim: Trim | undefined;
  readonly padding: Sides;
  readonly autoRotate: boolean;
  readonly rotate: number;
  readonly flipHorizontal: boolean;
  readonly flipVertical: boolean;
  readonly background: string | undefined;
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  readonly gradient: Gradient | undefined;
  readonly blur: number;
  readonly sharpen: number;
  readonly pixelate: number;
  readonly watermark: Watermark | undefined;
  readonly watermarkUrl: string | undefined;
}

/** What is cut off around the content. */
export interface Trim {
  readonly threshold: number;
  readonly color: string | undefined;
  readonly equalHorizontal: boolean;
  readonly equalVertical: boolean;
}

/** Px. */
interface Sides {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** A color that comes in from transparency. */
export interface Gradient {
  readonly opacity: number;
  readonly color: string;
  /** Degrees, clockwise; 0 is from the top down. */
  readonly angle: number;
  readonly start: number;
  readonly stop: number;
}

/** How the mark is laid on; a scale of 0 leaves it at its own size. */
export interface Watermark {
  readonly opacity: number;
  readonly position: Compass | "re";
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Options of the file, and of how it is handed out. */
export interface FileOptions {
  readonly stripMetadata: boolean;
  readonly keepCopyright: boolean;
  readonly stripColorProfile: boolean;
  /** 0 is the format's own. */
  readonly quality: number;
  readonly formatQuality: Readonly<Record<string, number>>;
  /** 0 is any number. */
  readonly maxBytes: number;
  /** By the source and the client when left out. */
  readonly format: string | undefined;
  readonly skipProcessing: readonly string[];
  readonly raw: boolean;
  readonly cachebuster: string;
  /** Seconds since 1970; 0 is never. */
  readonly expires: number;
  readonly filename: string | undefined;
  readonly attachment: boolean;
}

const center: Gravity = { type: "ce", x: 0, y: 0 };

/** A pass that changes nothing. */
export const plainPass: PassOptions = {
  resizingType: "fit",
  width: 0,
  height: 0,
  minWidth: 0,
  minHeight: 0,
  zoomX: 1,
  zoomY: 1,
  dpr: 1,
  enlarge: false,
  extend: false,
  extendGravity: center,
  extendAspectRatio: false,
  extendAspectRatioGravity: center,
  gravity: center,
  crop: { width: 0, height: 0 },
  trim: undefined,
  padding: { top: 0, right: 0, bottom: 0, left: 0 },
  autoRotate: true,
  rotate: 0,
  flipHorizontal: false,
  flipVertical: false,
  background: undefined,
  brightness: 0,
  contrast: 1,
  saturation: 1,
  gradient: undefined,
  blur: 0,
  sharpen: 0,
  pixelate: 0,
  watermark: undefined,
  watermarkUrl: undefined,
};

/** A file as imgproxy makes it where nothing is asked for. */
export const plainFile: FileOptions = {
  stripMetadata: true,
  keepCopyright: true,
  stripColorProfile: true,
  quality: 0,
  formatQuality: {},
  maxBytes: 0,
  format: undefined,
  skipProcessing: [],
  raw: false,
  cachebuster: "",
  expires: 0,
  filename: undefined,
  attachment: false,
};
