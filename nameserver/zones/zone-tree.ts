import type { ResourceRecord } from '@zoneward/dns'
import { keyOfName, parentKey } from './name-key.ts'

export const TYPE_NS = 2
export const TYPE_CNAME = 5
export const TYPE_SOA = 6
export const TYPE_DNAME = 39

/** `block` and `targets` are made from the records when the RRset is first answered. */
export type RRset = {
  type: number
  records: ResourceRecord[]
  block: Uint8Array | undefined
  targets: string[] | undefined
}

/** A name that exists; without RRsets it is an empty non-terminal (RFC 8499). `children` counts names one label below. */
export type ZoneNode = { key: string; sets: RRset[]; children: number; isCut: boolean; hasDname: boolean }

export type Zone = {
  apex: string
  key: string
  serial: number
  soa: ResourceRecord
  /** The last field of the SOA, in seconds: how long an absence may be remembered (RFC 2308 §4). */
  minimum: number
  nodes: Map<string, ZoneNode>
  top: ZoneNode
  recordCount: number
  /** Keys one label below the apex, at or under which other zones are served. */
  branches: Set<string>
  touched: number
}

export type ZoneDraft = Omit<Zone, 'soa'> & { soa: ResourceRecord | undefined }

export function createZoneDraft(apex: string, serial: number): ZoneDraft {
  const key = keyOfName(apex)
  const top: ZoneNode = { key, sets: [], children: 0, isCut: false, hasDname: false }
  const nodes = new Map([[key, top]])
  return { apex, key, serial, soa: undefined, minimum: 0, nodes, top, recordCount: 0, branches: new Set(), touched: 0 }
}

/** Adds a record whose owner has this key, which lies in the zone. */
export function addRecord(zone: ZoneDraft, key: string, record: ResourceRecord): void {
  const node = zone.nodes.get(key) ?? addNode(zone, key)
  const set = findSet(node, record.type)
  if (set === undefined) node.sets.push({ type: record.type, records: [record], block: undefined, targets: undefined })
  else {
    set.records.push(record)
    forgetWire(set)
  }
  zone.recordCount++
  noteType(zone, node, record.type)
}

/** Removes a record that is equal in owner, type and data; false when the zone has none. */
export function removeRecord(zone: ZoneDraft, key: string, record: ResourceRecord): boolean {
  const node = zone.nodes.get(key)
  const set = node === undefined ? undefined : findSet(node, record.type)
  if (node === undefined || set === undefined) return false
  const index = set.records.findIndex(({ rdata }) => Buffer.compare(rdata, record.rdata) === 0)
  if (index < 0) return false
  set.records.splice(index, 1)
  forgetWire(set)
  if (set.records.length === 0) node.sets.splice(node.sets.indexOf(set), 1)
  zone.recordCount--
  noteType(zone, node, record.type)
  dropEmpty(zone, node)
  return true
}

export function findSet(node: ZoneNode, type: number): RRset | undefined {
  for (const set of node.sets) if (set.type === type) return set
  return undefined
}

/** Makes the node and every empty non-terminal between it and the first name that exists. */
function addNode(zone: ZoneDraft, key: string): ZoneNode {
  const node: ZoneNode = { key, sets: [], children: 0, isCut: false, hasDname: false }
  zone.nodes.set(key, node)
  const parent = zone.nodes.get(parentKey(key)) ?? addNode(zone, parentKey(key))
  parent.children++
  return node
}

function dropEmpty(zone: ZoneDraft, start: ZoneNode): void {
  let node: ZoneNode | undefined = start
  while (node !== undefined && node !== zone.top && node.sets.length === 0 && node.children === 0) {
    zone.nodes.delete(node.key)
    node = zone.nodes.get(parentKey(node.key))
    if (node !== undefined) node.children--
  }
}

function forgetWire(set: RRset): void {
  set.block = undefined
  set.targets = undefined
}

function noteType(zone: ZoneDraft, node: ZoneNode, type: number): void {
  if (type === TYPE_NS) node.isCut = node !== zone.top && findSet(node, TYPE_NS) !== undefined
  else if (type === TYPE_DNAME) node.hasDname = findSet(node, TYPE_DNAME) !== undefined
  else if (type === TYPE_SOA && node === zone.top) noteSoa(zone, findSet(node, TYPE_SOA)?.records[0])
}

function noteSoa(zone: ZoneDraft, soa: ResourceRecord | undefined): void {
  zone.soa = soa
  if (soa !== undefined && soa.rdata.length >= 22)
    zone.minimum = Buffer.from(soa.rdata).readUInt32BE(soa.rdata.length - 4)
}
