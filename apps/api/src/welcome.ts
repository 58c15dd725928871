/** What a person reads when the service is up: where it is, and three commands that work as they stand. */
export function welcome(url: string): string {
  const endpoint = `${url}/api/v1/process-image`;
  return `Tintype listens on ${url}
Reference: ${url}/docs

Try it:

  curl -F image=@examples/cutout.png ${endpoint}

  curl -F image=@examples/cutout.png -F preset=thumbnail ${endpoint}

  curl -F image=@examples/cutout.png -F 'steps=[{"step":"resize","width":320},{"step":"flatten","background":"#e8e2d6"}]' -F 'variants=[{"name":"small","output":{"format":"webp","quality":80}}]' ${endpoint}

Every answer names its files with their addresses. Ctrl-C stops.
`;
}
