import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * The address a request came from. X-Forwarded-For is believed only from a trusted proxy, and read from its end: the
 * first address that is no trusted proxy itself is the client, whatever stands before it.
 */
export function clientAddress(peer: string, forwardedFor: string | null, trusted: string[]): string {
  const chain = (forwardedFor ?? '').split(',').map((part) => part.trim().replace(/^\[(.*)\](:\d+)?$/, '$1'))
  let address = plain(peer)
  while (isTrusted(address, trusted)) {
    const before = chain.pop()
    if (!before || isIP(before) === 0) break
    address = plain(before)
  }
  return address
}

/** What counts as one caller when tries are counted: the address, or the /64 of an IPv6 address. */
export function addressBlock(address: string): string {
  if (isIP(address) !== 6) return address
  const parts = ipaddr.IPv6.parse(address).parts.slice(0, 4)
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`
}

/** Is the address in one of these networks (`192.0.2.0/24`, or a single address)? */
export function isTrusted(address: string, networks: string[]): boolean {
  if (isIP(address) === 0) return false
  const parsed = ipaddr.parse(address)
  return networks.some((network) => {
    const [range, bits] = network.includes('/') ? ipaddr.parseCIDR(network) : [ipaddr.parse(network), undefined]
    if (range.kind() !== parsed.kind()) return false
    return parsed.match(range, bits ?? (range.kind() === 'ipv4' ? 32 : 128))
  })
}

/** IPv4 inside IPv6 (`::ffff:192.0.2.1`) is that IPv4 address. */
function plain(address: string): string {
  return isIP(address) === 0 ? address : ipaddr.process(address).toString()
}
