import { deliveryError } from "../delivery-error.ts";
import type { DeclaredOption } from "./declared-option.ts";
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

interface PassOption extends DeclaredOption {
  readonly read: ReadPassOption;
}

/** One option with one argument. */
function single<Name extends keyof PassOptions>(
  names: readonly string[],
  takes: string,
  summary: string,
  key: Name,
  read: (text: string) => PassOptions[Name],
): PassOption {
  return { names, takes: [takes], summary, read: ([text = ""]) => ({ [key]: read(text) }) };
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
    takes: ["TYPE", "WIDTH", "HEIGHT", "ENLARGE", "EXTEND", "GRAVITY", "X", "Y"],
    summary: "Type and size in one: `resizing_type`, `width`, `height`, `enlarge` and `extend`.",
    read: ([type, ...rest]) => ({
      ...given(type, (text) => ({ resizingType: readWord(text, resizingTypes) })),
      ...size(rest),
    }),
  },
  {
    names: ["size", "s"],
    takes: ["WIDTH", "HEIGHT", "ENLARGE", "EXTEND", "GRAVITY", "X", "Y"],
    summary: "The same without the type.",
    read: size,
  },
  single(
    ["resizing_type", "rt"],
    "TYPE",
    "How the picture gets its size: `fit` inside, `fill` and cut, `fill-down` the same without enlarging, `force`, or `auto`: `fill` where source and result are both wide or both tall, `fit` otherwise.",
    "resizingType",
    (text) => readWord(text, resizingTypes),
  ),
  single(
    ["width", "w"],
    "PX",
    "Width of the result; 0 follows from the height.",
    "width",
    readCount,
  ),
  single(
    ["height", "h"],
    "PX",
    "Height of the result; 0 follows from the width.",
    "height",
    readCount,
  ),
  single(
    ["min-width", "min_width", "mw"],
    "PX",
    "The least width; what stands out is cut off where a size is filled.",
    "minWidth",
    readCount,
  ),
  single(
    ["min-height", "min_height", "mh"],
    "PX",
    "The least height, likewise.",
    "minHeight",
    readCount,
  ),
  {
    names: ["zoom", "z"],
    takes: ["X", "Y"],
    summary: "Multiplies the size, or width and height each.",
    read: ([x = "", y = x]) => ({ zoomX: readFactor(x), zoomY: readFactor(y) }),
  },
  single(["dpr"], "RATIO", "Multiplies every size in px, for dense screens.", "dpr", readFactor),
  single(
    ["enlarge", "el"],
    "ON",
    "Whether a picture may become larger than its source.",
    "enlarge",
    readSwitch,
  ),
  {
    names: ["extend", "ex"],
    takes: ["ON", "GRAVITY", "X", "Y"],
    summary:
      "Adds space up to the size asked for, transparent or in `background`; gravity says where the picture stands in it.",
    read: extend,
  },
  {
    names: ["extend_aspect_ratio", "extend_ar", "exar"],
    takes: ["ON", "GRAVITY", "X", "Y"],
    summary: "Adds space up to the aspect ratio asked for.",
    read: (values) => {
      const { on, gravity } = extension(values);
      return { extendAspectRatio: on, ...(gravity && { extendAspectRatioGravity: gravity }) };
    },
  },
  {
    names: ["gravity", "g"],
    takes: ["TYPE", "X", "Y"],
    summary:
      "What stays when something is cut off: an edge or corner (`no so ea we noea nowe soea sowe ce`) with offsets in px or, below 1, as a share; `fp` a focus point in shares; `sm` what the content says.",
    read: (values) => ({ gravity: readGravity(values) }),
  },
  {
    names: ["crop", "c"],
    takes: ["WIDTH", "HEIGHT", "GRAVITY", "X", "Y"],
    summary:
      "Cuts a part out before anything is scaled; sides below 1 are shares, 0 is the whole side.",
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
    takes: ["THRESHOLD", "COLOR", "EQUAL_X", "EQUAL_Y"],
    summary:
      "Cuts off what surrounds the content: what differs from the color, or from the corners, by no more than the threshold; the same from opposite sides where asked for. `ff00ff` stands for transparency.",
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
  {
    names: ["padding", "pd"],
    takes: ["TOP", "RIGHT", "BOTTOM", "LEFT"],
    summary: "Space around the picture in px; what is left out is as in CSS.",
    read: padding,
  },
  single(
    ["auto_rotate", "ar"],
    "ON",
    "Whether the picture is turned upright by its EXIF; it is unless `0` says no.",
    "autoRotate",
    readSwitch,
  ),
  single(["rotate", "rot"], "DEGREES", "Turns by quarters, clockwise.", "rotate", (text) => {
    const angle = readNumber(text);
    if (angle % 90 === 0) return ((angle % 360) + 360) % 360;
    throw deliveryError("invalid_url", "A picture is rotated by quarter turns: 90, 180 or 270.");
  }),
  {
    names: ["flip", "fl"],
    takes: ["HORIZONTAL", "VERTICAL"],
    summary: "Mirrors the picture.",
    read: ([horizontal = "", vertical = ""]) => ({
      flipHorizontal: readSwitch(horizontal),
      flipVertical: readSwitch(vertical),
    }),
  },
  {
    names: ["background", "bg"],
    takes: ["R", "G", "B"],
    summary: "Fills what is transparent: three numbers, or one color such as `ff8800`.",
    read: background,
  },
  {
    names: ["adjust", "a"],
    takes: ["BRIGHTNESS", "CONTRAST", "SATURATION"],
    summary: "The next three in one.",
    read: ([first, second, third]) => ({
      ...given(first, brightness),
      ...given(second, contrast),
      ...given(third, saturation),
    }),
  },
  {
    names: ["brightness", "br"],
    takes: ["AMOUNT"],
    summary: "-255 to 255; 0 changes nothing.",
    read: ([text = ""]) => brightness(text),
  },
  {
    names: ["contrast", "co"],
    takes: ["FACTOR"],
    summary: "0 to 10; 1 changes nothing.",
    read: ([text = ""]) => contrast(text),
  },
  {
    names: ["saturation", "sa"],
    takes: ["FACTOR"],
    summary: "0 to 10; 1 changes nothing.",
    read: ([text = ""]) => saturation(text),
  },
  {
    names: ["gradient", "gr"],
    takes: ["OPACITY", "COLOR", "DIRECTION", "START", "STOP"],
    summary:
      "A color that comes in `down`, `up`, `left`, `right` or at an angle, between two shares of the way.",
    read: gradient,
  },
  single(["blur", "bl"], "SIGMA", "Gaussian blur.", "blur", (text) => readNumber(text, 0, 500)),
  single(["sharpen", "sh"], "SIGMA", "Sharpens with a mask of this radius.", "sharpen", (text) =>
    readNumber(text, 0, 10),
  ),
  single(
    ["pixelate", "pix"],
    "PX",
    "Squares of one color each, of this size.",
    "pixelate",
    readCount,
  ),
  {
    names: ["watermark", "wm"],
    takes: ["OPACITY", "POSITION", "X", "Y", "SCALE"],
    summary:
      "Lays the watermark on: at an edge, a corner or `ce`, with offsets, or all over with `re`; the scale is its share of the picture, 0 its own size.",
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
  single(
    ["watermark_url", "wmu"],
    "SOURCE",
    "The watermark of this address, in URL-safe base64, instead of `IMG_WATERMARK`.",
    "watermarkUrl",
    (text) => readBase64(text) || undefined,
  ),
];
