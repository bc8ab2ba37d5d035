import { findLabels } from '../zones/name-key.ts'
import type { Zone, ZoneNode } from '../zones/zone-tree.ts'

/**
 * Where the search for a name in its zone ended (RFC 1034 §4.3.2, RFC 4592 §3.3.1, RFC 6672 §3.2):
 * `exact`: the name exists; `wildcard`: it is synthesized from `node`; `missing`: it does not exist and `node` is its
 * closest encloser; `cut`: it is at or below the delegation `node`; `dname`: it is below the DNAME at `node`.
 */
export type Found = { kind: 'exact' | 'wildcard' | 'missing' | 'cut' | 'dname'; node: ZoneNode; label: number }

const labels = new Uint8Array(128)

/** Searches from the apex down. `found` is filled; its `label` is the number of labels of the name above `node`. */
export function findNode(zone: Zone, key: string, found: Found): void {
  const count = findLabels(key, labels)
  let label = count
  for (let i = 0; i < count; i++) if (labels[i] === key.length - zone.key.length) label = i
  let node = zone.top
  found.kind = 'exact'
  while (label > 0 && found.kind === 'exact') {
    if (node.hasDname) {
      found.kind = 'dname'
      break
    }
    const child = zone.nodes.get(label === 1 ? key : key.slice(labels[label - 1]))
    if (child === undefined) {
      const wildcard = node.children === 0 ? undefined : zone.nodes.get(`\u0001*${node.key}`)
      found.kind = wildcard === undefined ? 'missing' : 'wildcard'
      node = wildcard ?? node
      break
    }
    node = child
    label--
    if (node.isCut) found.kind = 'cut'
  }
  found.node = node
  found.label = label
}
