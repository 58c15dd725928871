/** Saves bytes as a file, as if a link to it was followed. */
export function saveFile(name: string, bytes: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  // The browser takes a moment to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
