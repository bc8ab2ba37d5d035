/**
 * Where the names stand in the rdata of the types that had compressed names before RFC 3597 forbade them for new ones:
 * `fixed` bytes, then `strings` character strings, then `names`, then `rest` bytes (-1: any number).
 */
export type RdataLayout = { fixed: number; strings: number; names: number; rest: number; compress: boolean }

function layout(names: number, fixed = 0, compress = false, rest = 0, strings = 0): RdataLayout {
  return { fixed, strings, names, rest, compress }
}

// Compressed when sent: the types of RFC 1035 only. The others are read in either form (RFC 3597 §4).
const LAYOUTS: ReadonlyMap<number, RdataLayout> = new Map([
  [2, layout(1, 0, true)], // NS
  [3, layout(1, 0, true)], // MD
  [4, layout(1, 0, true)], // MF
  [5, layout(1, 0, true)], // CNAME
  [6, layout(2, 0, true, 20)], // SOA
  [7, layout(1, 0, true)], // MB
  [8, layout(1, 0, true)], // MG
  [9, layout(1, 0, true)], // MR
  [12, layout(1, 0, true)], // PTR
  [14, layout(2, 0, true)], // MINFO
  [15, layout(1, 2, true)], // MX
  [17, layout(2)], // RP
  [18, layout(1, 2)], // AFSDB
  [21, layout(1, 2)], // RT
  [24, layout(1, 18, false, -1)], // SIG
  [26, layout(2, 2)], // PX
  [30, layout(1, 0, false, -1)], // NXT
  [33, layout(1, 6)], // SRV
  [35, layout(1, 4, false, 0, 3)], // NAPTR
  [36, layout(1, 2)], // KX
  [39, layout(1)], // DNAME
])

/** The layout of a type whose rdata may arrive with compressed names; undefined for every other type. */
export function rdataLayout(type: number): RdataLayout | undefined {
  return LAYOUTS.get(type)
}
