import { benchCheck } from './check-100k.ts'
import { benchGraphs } from './check-graphs.ts'
import { benchNarrowed } from './check-narrowed.ts'
import { benchQueries } from './dns-qps.ts'
import type { Figure } from './figure.ts'
import { benchFirstLoad } from './first-load.ts'
import { benchGrid } from './grid-100k.ts'
import { benchList } from './list-1m.ts'
import { benchLiveDns } from './live-dns.ts'
import { printJson, printTable } from './print-table.ts'
import { benchRevocation } from './revocation.ts'
import { benchZoneFile } from './zonefile-parse.ts'

// npm run bench [-- [--json] [name …]]: every figure beside its peers, measured in this run on this machine.

const benches: Record<string, () => Promise<Figure[]>> = {
  'check-100k': benchCheck,
  'check-narrowed': benchNarrowed,
  'check-servers': benchGraphs,
  'list-1m': benchList,
  revocation: benchRevocation,
  'zonefile-parse': benchZoneFile,
  'live-dns': benchLiveDns,
  'dns-qps': benchQueries,
  'first-load': benchFirstLoad,
  'grid-100k': benchGrid,
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const json = process.argv.includes('--json')
const unknown = asked.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown[0]}": choose from ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const figures: Figure[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue
  console.error(`measuring ${name} …`)
  const found = await bench()
  figures.push(...found)
  if (json) for (const figure of found) console.log(printJson(figure))
}
if (!json) console.log(printTable(figures))
