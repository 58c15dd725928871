import { deliveryError } from "../delivery-error.ts";
import type { Gradient, PassOptions } from "./processing-options.ts";
import {
  compass,
  readBase64,
  readColor,
  readCount,
  readFactor,
  readGravity,
  readNumber,
  readSwitch,
  readWord,
} from "./read-argument.ts";

/** What an option's arguments ask for. */
type ReadPassOption = (values: readonly string[]) => Partial<PassOptions>;

/** An option: its names, how many arguments it may have, and what they mean. */
interface PassOption {
  readonly names: readonly string[];
  readonly most: number;
  readonly read: ReadPassOption;
}

/** One option with one argument. */
function single<Name extends keyof PassOptions>(
  names: readonly string[],
  key: Name,
  read: (text: string) => PassOptions[Name],
): PassOption {
  return { names, most: 1, read: ([text = ""]) => ({ [key]: read(text) }) };
}

/** Applies `read` where an argument was given, and not left empty. */
function given<Result extends object>(
  text: string | undefined,
  read: (text: string) => Result,
): Partial<Result> {
  return text === undefined || text === "" ? {} : read(text);
}

const resizingTypes = ["fit", "fill", "fill-down", "force", "auto"] as const;
const extendTypes = [...compass, "fp"] as const;

const extension = ([on = "", ...gravity]: readonly string[]) => ({
  on: readSwitch(on),
  gravity: gravity.length === 0 ? undefined : readGravity(gravity, extendTypes),
});

const extend: ReadPassOption = (values) => {
  const { on, gravity } = extension(values);
  return { extend: on, ...(gravity && { extendGravity: gravity }) };
};

const size: ReadPassOption = ([width, height, enlarge, ...extended]) => ({
  ...given(width, (text) => ({ width: readCount(text) })),
  ...given(height, (text) => ({ height: readCount(text) })),
  ...given(enlarge, (text) => ({ enlarge: readSwitch(text) })),
  ...given(extended[0], () => extend(extended)),
});

const side = (text: string, other: number) => (text === "" ? other : readCount(text));

const padding: ReadPassOption = ([top = "", right = "", bottom = "", left = ""]) => {
  const first = side(top, 0);
  const second = side(right, first);
  return {
    padding: { top: first, right: second, bottom: side(bottom, first), left: side(left, second) },
  };
};

const background: ReadPassOption = (values) => {
  const [first = ""] = values;
  if (values.length === 1) return { background: first === "" ? undefined : readColor(first) };
  if (values.length !== 3)
    throw deliveryError("invalid_url", "A background is one or three values.");
  const hex = values.map((text) => readNumber(text, 0, 255).toString(16).padStart(2, "0"));
  return { background: `#${hex.join("")}` };
};

const gradient: ReadPassOption = ([opacity = "", color, direction, start, stop]) => {
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

const brightness = (text: string) => ({ brightness: readNumber(text, -255, 255) });
const contrast = (text: string) => ({ contrast: readNumber(text, 0, 10) });
const saturation = (text: string) => ({ saturation: readNumber(text, 0, 10) });

/** Every option of a pass, in the order of imgproxy's documentation. */
export const passOptionTable: readonly PassOption[] = [
  {
    names: ["resize", "rs"],
    most: 8,
    read: ([type, ...rest]) => ({
      ...given(type, (text) => ({ resizingType: readWord(text, resizingTypes) })),
      ...size(rest),
    }),
  },
  { names: ["size", "s"], most: 7, read: size },
  single(["resizing_type", "rt"], "resizingType", (text) => readWord(text, resizingTypes)),
  single(["width", "w"], "width", readCount),
  single(["height", "h"], "height", readCount),
  single(["min-width", "min_width", "mw"], "minWidth", readCount),
  single(["min-height", "min_height", "mh"], "minHeight", readCount),
  {
    names: ["zoom", "z"],
    most: 2,
    read: ([x = "", y = x]) => ({ zoomX: readFactor(x), zoomY: readFactor(y) }),
  },
  single(["dpr"], "dpr", readFactor),
  single(["enlarge", "el"], "enlarge", readSwitch),
  { names: ["extend", "ex"], most: 4, read: extend },
  {
    names: ["extend_aspect_ratio", "extend_ar", "exar"],
    most: 4,
    read: (values) => {
      const { on, gravity } = extension(values);
      return { extendAspectRatio: on, ...(gravity && { extendAspectRatioGravity: gravity }) };
    },
  },
  { names: ["gravity", "g"], most: 3, read: (values) => ({ gravity: readGravity(values) }) },
  {
    names: ["crop", "c"],
    most: 5,
    read: ([width = "", height = "0", ...gravity]) => ({
      crop: {
        width: readNumber(width, 0),
        height: readNumber(height, 0),
        ...(gravity.length > 0 && { gravity: readGravity(gravity) }),
      },
    }),
  },
  {
    names: ["trim", "t"],
    most: 4,
    read: ([threshold = "", color = "", equalHorizontal = "", equalVertical = ""]) => ({
      trim:
        threshold === ""
          ? undefined
          : {
              threshold: readNumber(threshold, 0, 254),
              color: color === "" ? undefined : readColor(color),
              equalHorizontal: readSwitch(equalHorizontal),
              equalVertical: readSwitch(equalVertical),
            },
    }),
  },
  { names: ["padding", "pd"], most: 4, read: padding },
  single(["auto_rotate", "ar"], "autoRotate", readSwitch),
  single(["rotate", "rot"], "rotate", (text) => {
    const angle = readNumber(text);
    if (angle % 90 === 0) return ((angle % 360) + 360) % 360;
    throw deliveryError("invalid_url", "A picture is rotated by quarter turns: 90, 180 or 270.");
  }),
  {
    names: ["flip", "fl"],
    most: 2,
    read: ([horizontal = "", vertical = ""]) => ({
      flipHorizontal: readSwitch(horizontal),
      flipVertical: readSwitch(vertical),
    }),
  },
  { names: ["background", "bg"], most: 3, read: background },
  {
    names: ["adjust", "a"],
    most: 3,
    read: ([first, second, third]) => ({
      ...given(first, brightness),
      ...given(second, contrast),
      ...given(third, saturation),
    }),
  },
  { names: ["brightness", "br"], most: 1, read: ([text = ""]) => brightness(text) },
  { names: ["contrast", "co"], most: 1, read: ([text = ""]) => contrast(text) },
  { names: ["saturation", "sa"], most: 1, read: ([text = ""]) => saturation(text) },
  { names: ["gradient", "gr"], most: 5, read: gradient },
  single(["blur", "bl"], "blur", (text) => readNumber(text, 0, 500)),
  single(["sharpen", "sh"], "sharpen", (text) => readNumber(text, 0, 10)),
  single(["pixelate", "pix"], "pixelate", readCount),
  {
    names: ["watermark", "wm"],
    most: 5,
    read: ([opacity = "", position = "", x = "", y = "", scale = ""]) => ({
      watermark: {
        opacity: readNumber(opacity, 0, 1),
        position: position === "" ? "ce" : readWord(position, [...compass, "re"]),
        x: x === "" ? 0 : readNumber(x),
        y: y === "" ? 0 : readNumber(y),
        scale: scale === "" ? 0 : readNumber(scale, 0, 10),
      },
    }),
  },
  single(["watermark_url", "wmu"], "watermarkUrl", (text) => readBase64(text) || undefined),
];
