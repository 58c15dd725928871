/** A red disc on transparency, so small that it can stand in a page. */
const disc =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAABABAMAAABYR2ztAAAAMFBMVEVMaXHYQi7YQy7YQi/YQi7RRjfYQy7YQy/YQi/YQi3YQi7YQi7XQi7XQi7YQy7YQy/khzYXAAAAD3RSTlMA7Zf5FwWtN1d504fjtjCfqPC3AAAACXBIWXMAAAsTAAALEwEAmpwYAAAA0UlEQVRIx2NgGAU0AKyVWcKGy6bjlGfZ8x8MTjvgkFf+DwVG2FU0/ocDCWzyQf+RgCoWB95HVvA3AENB7H8UcBVDgT6qgk/o8hz/0UADmgJHdAUi+G3AsIPFHl3BZ9TA4v6PATagKODBVHAURUE9poLvKArmYyr4iaIgH1PBNxQF6zEV/EJRII+p4COKAntMBZ9JU0DQCoKOJOhNggFFMKixRNYB0qKbYIIhmOQIJ1qCyZ5gxmEII5T1CGZegtmfcAFCuAgiWIgBAYFicBQMdQAAw+5lVNIo0h8AAAAASUVORK5CYII=";

/** Bodies that work as they stand: the reference page offers them, and the tests send them. */
export const processImageExamples = {
  product: {
    summary: "A cut-out for a shop",
    value: {
      imageBase64: disc,
      filename: "disc.png",
      options: { autoCrop: true, addShadow: true },
    },
  },
  thumbnail: {
    summary: "A thumbnail of another shape, with the files in the answer",
    value: {
      imageBase64: disc,
      preset: { preset: "thumbnail", aspectRatio: "4:3" },
      inline: true,
    },
  },
  recipe: {
    summary: "A recipe of your own",
    value: {
      imageBase64: disc,
      filename: "disc.png",
      steps: [{ step: "trim" }, { step: "pad", top: 4, bottom: 4, left: 4, right: 4 }],
      variants: [
        {
          name: "small",
          steps: [{ step: "resize", width: 32 }],
          output: { format: "webp", quality: 80 },
        },
        { name: "flat", output: { format: "jpeg", quality: 85, background: "#e8e2d6" } },
      ],
    },
  },
};
