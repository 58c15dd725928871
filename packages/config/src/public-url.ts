/** The address under which clients reach a service: the configured one, or one made of its host and port. */
export function publicUrl(server: {
  readonly publicUrl?: string | undefined;
  readonly host: string;
  /** The port that is really listened on, which differs from the setting when that is 0. */
  readonly port: number;
}): string {
  if (server.publicUrl !== undefined) return server.publicUrl;
  // "Every address of this machine" can be listened on, but not visited.
  const host = ["0.0.0.0", "::"].includes(server.host) ? "localhost" : server.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${server.port}`;
}
