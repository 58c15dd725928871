import { isIP } from "node:net";

import ipaddr from "ipaddr.js";

// All that is handed out to the public so far; ipaddr.js also calls the unassigned rest of IPv6 "unicast".
const assignedIpv6 = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an IP address is an ordinary one on the public internet. Private, loopback, link-local, carrier-grade NAT,
 * multicast, reserved and documentation ranges are not, by the IANA special-purpose registries, nor is any IPv6
 * address that carries an IPv4 one (mapped, 6to4, NAT64, Teredo): where it ends up is up to the network.
 */
export function isPublicAddress(address: string): boolean {
  // ipaddr.js also reads `0x7f.1` and `010.0.0.1`, on which resolvers and sockets do not agree.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(assignedIpv6);
}
