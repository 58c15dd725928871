/** What each theme adds to a prompt. */
export const promptThemes = {
  realistic: "A realistic photograph with natural light and true colors.",
  professional: "A clean, polished, professional look, as for a company's own pages.",
  illustration: "A hand-made illustration with clear outlines and flat areas of color.",
  abstract: "An abstract composition of shapes and colors that suggests rather than shows.",
  minimalist: "A minimalist composition: few elements, much empty space, a small palette.",
  futuristic: "A futuristic scene with modern materials, glowing light and precise forms.",
  infographic: "In the style of an infographic: simple symbols, clear order, no small print.",
  vintage: "A vintage look: muted colors, soft grain, the light of an old print.",
} as const;
