import type { DeclaredOption } from "./declared-option.ts";
import type { PassOptions } from "./processing-options.ts";
import {
  readBase64,
  readCount,
  readFactor,
  readGravity,
  readNumber,
  readSwitch,
} from "./read-argument.ts";
import {
  readAdjust,
  readBackground,
  readBrightness,
  readContrast,
  readCrop,
  readExtend,
  readExtendAspectRatio,
  readGradient,
  readPadding,
  readQuarterTurns,
  readResize,
  readResizingType,
  readSaturation,
  readSize,
  readTrim,
  readWatermark,
  type ReadPassOption,
} from "./read-pass-option.ts";

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

/** Every option of a pass, in the order of imgproxy's documentation. */
export const passOptionTable: readonly PassOption[] = [
  {
    names: ["resize", "rs"],
    takes: ["TYPE", "WIDTH", "HEIGHT", "ENLARGE", "EXTEND", "GRAVITY", "X", "Y"],
    summary: "Type and size in one: `resizing_type`, `width`, `height`, `enlarge` and `extend`.",
    read: readResize,
  },
  {
    names: ["size", "s"],
    takes: ["WIDTH", "HEIGHT", "ENLARGE", "EXTEND", "GRAVITY", "X", "Y"],
    summary: "The same without the type.",
    read: readSize,
  },
  single(
    ["resizing_type", "rt"],
    "TYPE",
    "How the picture gets its size: `fit` inside, `fill` and cut, `fill-down` the same without enlarging, `force`, or `auto`: `fill` where source and result are both wide or both tall, `fit` otherwise.",
    "resizingType",
    readResizingType,
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
    read: readExtend,
  },
  {
    names: ["extend_aspect_ratio", "extend_ar", "exar"],
    takes: ["ON", "GRAVITY", "X", "Y"],
    summary: "Adds space up to the aspect ratio asked for.",
    read: readExtendAspectRatio,
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
    read: readCrop,
  },
  {
    names: ["trim", "t"],
    takes: ["THRESHOLD", "COLOR", "EQUAL_X", "EQUAL_Y"],
    summary:
      "Cuts off what surrounds the content: what differs from the color, or from the corners, by no more than the threshold; the same from opposite sides where asked for. `ff00ff` stands for transparency.",
    read: readTrim,
  },
  {
    names: ["padding", "pd"],
    takes: ["TOP", "RIGHT", "BOTTOM", "LEFT"],
    summary: "Space around the picture in px; what is left out is as in CSS.",
    read: readPadding,
  },
  single(
    ["auto_rotate", "ar"],
    "ON",
    "Whether the picture is turned upright by its EXIF; it is unless `0` says no.",
    "autoRotate",
    readSwitch,
  ),
  single(["rotate", "rot"], "DEGREES", "Turns by quarters, clockwise.", "rotate", readQuarterTurns),
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
    read: readBackground,
  },
  {
    names: ["adjust", "a"],
    takes: ["BRIGHTNESS", "CONTRAST", "SATURATION"],
    summary: "The next three in one.",
    read: readAdjust,
  },
  {
    names: ["brightness", "br"],
    takes: ["AMOUNT"],
    summary: "-255 to 255; 0 changes nothing.",
    read: ([text = ""]) => readBrightness(text),
  },
  {
    names: ["contrast", "co"],
    takes: ["FACTOR"],
    summary: "0 to 10; 1 changes nothing.",
    read: ([text = ""]) => readContrast(text),
  },
  {
    names: ["saturation", "sa"],
    takes: ["FACTOR"],
    summary: "0 to 10; 1 changes nothing.",
    read: ([text = ""]) => readSaturation(text),
  },
  {
    names: ["gradient", "gr"],
    takes: ["OPACITY", "COLOR", "DIRECTION", "START", "STOP"],
    summary:
      "A color that comes in `down`, `up`, `left`, `right` or at an angle, between two shares of the way.",
    read: readGradient,
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
    read: readWatermark,
  },
  single(
    ["watermark_url", "wmu"],
    "SOURCE",
    "The watermark of this address, in URL-safe base64, instead of `IMG_WATERMARK`.",
    "watermarkUrl",
    (text) => readBase64(text) || undefined,
  ),
];
