import { isWithin, keyOfWire } from '../zones/name-key.ts'
import type { RRset, Zone, ZoneNode } from '../zones/zone-tree.ts'
import { findSet, TYPE_NS } from '../zones/zone-tree.ts'
import { findNode } from './find-node.ts'
import type { Response } from './response.ts'
import { writeRRset } from './write-rrset.ts'

const TYPE_A = 1
const TYPE_MX = 15
const TYPE_AAAA = 28
const TYPE_SRV = 33

/**
 * The addresses of the names an answer leads to, as far as this zone has them (RFC 1034 §4.3.2 step 6). Glue for a name
 * server inside the delegated zone has to be there, so TC is set when it does not fit (RFC 9471 §3.1); all else is
 * left out silently.
 */
export function writeAdditional(zone: Zone, response: Response): void {
  const { extra, referral } = response
  if (extra === undefined) return
  const targets = extra.targets ?? readTargets(extra)
  if (referral !== undefined && !writeInnerGlue(zone, targets, referral, response)) return
  for (const target of targets) {
    if (!isWithin(target, zone.key) || (referral !== undefined && isWithin(target, referral.key))) continue
    if (!writeAddresses(targetNode(zone, target, extra.type, response), response)) break
  }
  response.writer.full = false
}

function writeInnerGlue(zone: Zone, targets: string[], cut: ZoneNode, response: Response): boolean {
  for (const target of targets) {
    if (!isWithin(target, cut.key) || writeAddresses(zone.nodes.get(target), response)) continue
    response.writer.full = false
    response.tc = true
    return false
  }
  return true
}

/** Addresses of name servers may be glue; for MX and SRV only what this zone answers for itself is of use. */
function targetNode(zone: Zone, target: string, type: number, response: Response): ZoneNode | undefined {
  if (type === TYPE_NS) return zone.nodes.get(target)
  findNode(zone, target, response.found)
  return response.found.kind === 'exact' ? response.found.node : undefined
}

function writeAddresses(node: ZoneNode | undefined, response: Response): boolean {
  if (node === undefined) return true
  for (let i = 0; i < 2; i++) {
    const set = findSet(node, i === 0 ? TYPE_A : TYPE_AAAA)
    if (set === undefined) continue
    const count = writeRRset(response.writer, set, -1)
    if (count === 0) return false
    response.additionals += count
  }
  return true
}

function readTargets(set: RRset): string[] {
  const at = set.type === TYPE_NS ? 0 : set.type === TYPE_MX ? 2 : set.type === TYPE_SRV ? 6 : -1
  const keys = at < 0 ? [] : set.records.map(({ rdata }) => keyOfWire(rdata.subarray(at)))
  set.targets = [...new Set(keys)]
  return set.targets
}
