import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isPublicAddress } from "./is-public-address.ts";

describe("isPublicAddress", () => {
  test.each([
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "172.15.255.255",
    "172.32.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "223.255.255.254",
    "2606:4700:4700::1111",
    "2a00:1450:4001:830::200e",
  ])("accepts %s", (address) => expect(isPublicAddress(address)).toBe(true));

  test.each([
    ["this network", ["0.0.0.0", "0.1.2.3", "::"]],
    ["loopback", ["127.0.0.1", "127.255.255.254", "::1"]],
    ["private", ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12::1"]],
    ["link-local, cloud metadata", ["169.254.0.1", "169.254.169.254", "fe80::1", "fe80::1%eth0"]],
    ["site-local", ["fec0::1"]],
    ["cloud metadata over IPv6", ["fd00:ec2::254"]],
    ["carrier-grade NAT", ["100.64.0.1", "100.127.255.255"]],
    ["multicast", ["224.0.0.1", "239.255.255.255", "ff02::1"]],
    ["broadcast and reserved", ["255.255.255.255", "240.0.0.1", "192.0.0.1"]],
    ["documentation", ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"]],
    ["benchmarks", ["198.18.0.1", "198.19.255.255", "2001:2::1"]],
    ["relays and sinks", ["192.88.99.1", "192.31.196.1", "192.52.193.1", "100::1"]],
    ["mapped IPv4", ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8"]],
    ["compatible IPv4", ["::127.0.0.1", "::8.8.8.8"]],
    ["6to4", ["2002:7f00:1::", "2002:808:808::1"]],
    ["NAT64", ["64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1"]],
    ["Teredo", ["2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"]],
    ["not handed out", ["4000::1", "5f00::1", "2001:20::1"]],
    [
      "no plain address",
      ["", "localhost", "0x7f.1", "010.0.0.1", "2130706433", "8.8.8.8.", "[::1]"],
    ],
  ])("refuses %s", (_, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });

  test("refuses every IPv4 address once it is mapped into IPv6, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.string()), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
      }),
    );
  });
});
