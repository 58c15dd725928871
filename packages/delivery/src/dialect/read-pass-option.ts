import { deliveryError } from "../delivery-error.ts";
import type { Gradient, PassOptions } from "./processing-options.ts";
import {
  compass,
  readColor,
  readCount,
  readGravity,
  readNumber,
  readSwitch,
  readWord,
} from "./read-argument.ts";

/** What an option's arguments ask for. */
export type ReadPassOption = (values: readonly string[]) => Partial<PassOptions>;

/** Applies `read` where an argument was given, and not left empty. */
function given<Result extends object>(
  text: string | undefined,
  read: (text: string) => Result,
): Partial<Result> {
  return text === undefined || text === "" ? {} : read(text);
}

const resizingTypes = ["fit", "fill", "fill-down", "force", "auto"] as const;
const extendTypes = [...compass, "fp"] as const;

/** A way to get to a size. */
export function readResizingType(text: string) {
  return readWord(text, resizingTypes);
}

const extension = ([on = "", ...gravity]: readonly string[]) => ({
  on: readSwitch(on),
  gravity: gravity.length === 0 ? undefined : readGravity(gravity, extendTypes),
});

/** Space up to the size asked for, and where the picture stands in it. */
export const readExtend: ReadPassOption = (values) => {
  const { on, gravity } = extension(values);
  return { extend: on, ...(gravity && { extendGravity: gravity }) };
};

/** The same up to an aspect ratio. */
export const readExtendAspectRatio: ReadPassOption = (values) => {
  const { on, gravity } = extension(values);
  return { extendAspectRatio: on, ...(gravity && { extendAspectRatioGravity: gravity }) };
};

/** Width and height, whether to enlarge, and what {@link readExtend} reads. */
export const readSize: ReadPassOption = ([width, height, enlarge, ...extended]) => ({
  ...given(width, (text) => ({ width: readCount(text) })),
  ...given(height, (text) => ({ height: readCount(text) })),
  ...given(enlarge, (text) => ({ enlarge: readSwitch(text) })),
  ...given(extended[0], () => readExtend(extended)),
});

/** A way to get to a size, and the size. */
export const readResize: ReadPassOption = ([type, ...rest]) => ({
  ...given(type, (text) => ({ resizingType: readResizingType(text) })),
  ...readSize(rest),
});

/** The size of a part, and where it lies. */
export const readCrop: ReadPassOption = ([width = "", height = "0", ...gravity]) => ({
  crop: {
    width: readNumber(width, 0),
    height: readNumber(height, 0),
    ...(gravity.length > 0 && { gravity: readGravity(gravity) }),
  },
});

/** What is cut off around the content; nothing without a threshold. */
export const readTrim: ReadPassOption = ([
  threshold = "",
  color = "",
  equalHorizontal = "",
  equalVertical = "",
]) => ({
  trim:
    threshold === ""
      ? undefined
      : {
          threshold: readNumber(threshold, 0, 254),
          color: color === "" ? undefined : readColor(color),
          equalHorizontal: readSwitch(equalHorizontal),
          equalVertical: readSwitch(equalVertical),
        },
});

const side = (text: string, other: number) => (text === "" ? other : readCount(text));

/** Four sides, of which those left out are as in CSS. */
export const readPadding: ReadPassOption = ([top = "", right = "", bottom = "", left = ""]) => {
  const first = side(top, 0);
  const second = side(right, first);
  return {
    padding: { top: first, right: second, bottom: side(bottom, first), left: side(left, second) },
  };
};

/** Degrees from 0 to 270; throws `delivery.invalid_url` for what is no quarter turn. */
export function readQuarterTurns(text: string): number {
  const angle = readNumber(text);
  if (angle % 90 === 0) return ((angle % 360) + 360) % 360;
  throw deliveryError("invalid_url", "A picture is rotated by quarter turns: 90, 180 or 270.");
}

/** A color: one text, or red, green and blue. */
export const readBackground: ReadPassOption = (values) => {
  const [first = ""] = values;
  if (values.length === 1) return { background: first === "" ? undefined : readColor(first) };
  if (values.length !== 3)
    throw deliveryError("invalid_url", "A background is one or three values.");
  const hex = values.map((text) => readNumber(text, 0, 255).toString(16).padStart(2, "0"));
  return { background: `#${hex.join("")}` };
};

/** A color that comes in; nothing where its opacity is 0. */
export const readGradient: ReadPassOption = ([opacity = "", color, direction, start, stop]) => {
  const angles: Readonly<Record<string, number>> = { down: 0, left: 90, up: 180, right: 270 };
  const read: Gradient = {
    opacity: readNumber(opacity, 0, 1),
    color: "#000000",
    angle: 0,
    start: 0,
    stop: 1,
    ...given(color, (text) => ({ color: readColor(text) })),
    ...given(direction, (text) => ({ angle: angles[text] ?? readNumber(text, -360, 360) })),
    ...given(start, (text) => ({ start: readNumber(text, 0, 1) })),
    ...given(stop, (text) => ({ stop: readNumber(text, 0, 1) })),
  };
  return { gradient: read.opacity === 0 ? undefined : read };
};

/** From -255 to 255. */
export const readBrightness = (text: string) => ({ brightness: readNumber(text, -255, 255) });
/** From 0 to 10. */
export const readContrast = (text: string) => ({ contrast: readNumber(text, 0, 10) });
/** From 0 to 10. */
export const readSaturation = (text: string) => ({ saturation: readNumber(text, 0, 10) });

/** Brightness, contrast and saturation, each where it is given. */
export const readAdjust: ReadPassOption = ([first, second, third]) => ({
  ...given(first, readBrightness),
  ...given(second, readContrast),
  ...given(third, readSaturation),
});

/** How strong, where and how large the watermark is. */
export const readWatermark: ReadPassOption = ([
  opacity = "",
  position = "",
  x = "",
  y = "",
  scale = "",
]) => ({
  watermark: {
    opacity: readNumber(opacity, 0, 1),
    position: position === "" ? "ce" : readWord(position, [...compass, "re"]),
    x: x === "" ? 0 : readNumber(x),
    y: y === "" ? 0 : readNumber(y),
    scale: scale === "" ? 0 : readNumber(scale, 0, 10),
  },
});
