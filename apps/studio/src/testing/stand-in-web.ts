/**
 * Loaded into a service before all else, lets web servers of this machine stand for those at the address `STAND_IN_FOR`:
 * the service takes pictures from public addresses alone, and a test has none.
 */
import { Socket } from "node:net";

type Connect = (...options: readonly unknown[]) => Socket;

const plain = Reflect.get(Socket.prototype, "connect") as Connect;

Object.assign(Socket.prototype, {
  connect(this: Socket, given: unknown, ...rest: readonly unknown[]) {
    // `net.connect` gives its options in a list.
    const options = Object(Array.isArray(given) ? given[0] : given) as { host?: unknown };
    if (options.host === process.env["STAND_IN_FOR"]) options.host = "127.0.0.1";
    return plain.call(this, given, ...rest);
  },
});
