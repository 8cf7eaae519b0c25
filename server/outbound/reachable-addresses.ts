import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is nobody's server on the internet: own network, private, shared, loopback, link-local (metadata services), documentation, benchmarks, multicast, reserved. */
const CLOSED_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
];
/** Inside 2000::/3, the only IPv6 that is routed; the transition forms carry an IPv4 address that nobody would look at. */
const CLOSED_6: readonly (readonly [string, number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

const closed = new BlockList();
for (const [net, prefix] of CLOSED_4) closed.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of CLOSED_6) closed.addSubnet(net, prefix, 'ipv6');
const routed = new BlockList();
routed.addSubnet('2000::', 3, 'ipv6');

/** Whether a plugin may be connected to this address: a public one. Mapped and translated IPv4, zones and whatever is no address are refused. */
export const isReachable = (address: string): boolean =>
  (isIPv4(address) ? !closed.check(address, 'ipv4') : isIPv6(address) && !address.includes('%') && routed.check(address, 'ipv6') && !closed.check(address, 'ipv6'));
