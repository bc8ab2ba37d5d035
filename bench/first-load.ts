import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Figure } from './figure.ts'

const built = join(import.meta.dirname, '../web/dist')

/** What a browser loads before it shows the first page: scripts and styles that index.html names, and what these import at once. */
export async function benchFirstLoad(): Promise<Figure[]> {
  const html = readFileSync(join(built, 'index.html'), 'utf8')
  const wanted = [...html.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
  const seen = new Set<string>()
  let bytes = gzipSync(html).length
  while (wanted.length > 0) {
    const file = wanted.pop() ?? ''
    if (seen.has(file)) continue
    seen.add(file)
    const text = readFileSync(join(built, file), 'utf8')
    bytes += gzipSync(text).length
    for (const match of text.matchAll(/(?:^|[;}])import(?:[^"'(;]*?from)?["']\.\/([^"']+)["']/g))
      wanted.push(`/assets/${match[1]}`)
  }
  return [
    {
      name: 'first-load',
      unit: 'kB gzip',
      ours: bytes / 1000,
      peers: {},
      goal: { atMost: 170 },
      note: `${seen.size} files`,
    },
  ]
}
