import { BlockList, isIP } from 'node:net';
import { matchesOf, type PersonalMatch } from './personal-match.ts';

const VERSION_4 = /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?![\p{L}\p{N}]|\.\d)/gu;
const VERSION_6 = /(?<![\p{L}\p{N}:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?![\p{L}\p{N}:])/gu;
/** A version of a program is written like an address. */
const VERSION_BEFORE = /(?:\bv|version|release|firmware|build|section|chapter)[\s:]*$/i;

/** Addresses that are no one's: private, loopback, for examples. Source: RFC 1918, 5735, 5737, 3849, 4193. */
const NOBODYS = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOBODYS.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['2001:db8::', 32],
] as const)
  NOBODYS.addSubnet(net, prefix, 'ipv6');
/** Name servers that everybody is told to try. */
const PUBLIC = /^(?:8\.8\.8\.8|8\.8\.4\.4|1\.1\.1\.1|1\.0\.0\.1|9\.9\.9\.9)$/;

/** Addresses of computers that may lead to a person. */
export function findIpAddresses(text: string): PersonalMatch[] {
  const found = [
    ...(/\d\.\d{1,3}\.\d/.test(text) ? matchesOf(text, 'IP address', VERSION_4) : []),
    ...(/:[0-9a-fA-F]{0,4}:/.test(text) ? matchesOf(text, 'IP address', VERSION_6) : []),
  ];
  return found.filter(({ start, end }) => {
    const address = text.slice(start, end);
    const version = isIP(address);
    if (version === 0 || PUBLIC.test(address)) return false;
    if (NOBODYS.check(address, version === 4 ? 'ipv4' : 'ipv6')) return false;
    // The shortest numbers are those of a version, as are addresses after such a word.
    return (
      !/^\d\.\d\.\d\.\d$/.test(address) && !VERSION_BEFORE.test(text.slice(Math.max(0, start - 20), start))
    );
  });
}
