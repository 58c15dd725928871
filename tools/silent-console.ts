/** Makes console output in a test an error: libraries stay silent, and apps write to the streams they are given. */
for (const method of ["log", "info", "warn", "error", "debug"] as const) {
  console[method] = (...words: unknown[]) => {
    throw new Error(`console.${method} was called in a test: ${words.map(String).join(" ")}`);
  };
}
