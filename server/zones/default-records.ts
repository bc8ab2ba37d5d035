import { isIP } from 'node:net'
import { parseRdata, type ResourceRecord, TYPE } from '@zoneward/dns'

const ttl = 3_600

/**
 * What an empty zone begins with: an SOA, and the name servers of this instance. Their names come from its public
 * address: `ns1` and `ns2` below its host name; where it has only an address, `ns1` inside the zone, with that address,
 * since a name server needs a name.
 */
export function defaultRecords(apex: string, publicOrigin: string): ResourceRecord[] {
  const host = new URL(publicOrigin).hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(host)
  const inside = apex === '.' ? 'ns1.' : `ns1.${apex}`
  const servers = family ? [inside] : [`ns1.${host}.`, `ns2.${host}.`]
  const mailbox = apex === '.' ? 'hostmaster.' : `hostmaster.${apex}`
  const record = (owner: string, type: number, data: string): ResourceRecord[] => {
    const read = parseRdata(type, data, apex)
    return 'error' in read ? [] : [{ owner, ttl, type, rdata: read.rdata }]
  }
  return [
    ...record(apex, TYPE.SOA, `${servers[0]} ${mailbox} 1 7200 900 1209600 3600`),
    ...servers.flatMap((server) => record(apex, TYPE.NS, server)),
    ...(family ? record(inside, family === 4 ? TYPE.A : TYPE.AAAA, host) : []),
  ]
}
