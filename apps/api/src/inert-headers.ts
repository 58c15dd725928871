/** The headers of every file that is given out: a picture that a browser opens as a document, such as an SVG, must not run anything. */
export const inertHeaders = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
} as const;
