import { whenAnswered } from './ask-dns.ts'
import { type Figure, percentile } from './figure.ts'
import { largeZoneFile } from './large-zone-file.ts'
import { type Product, startProduct } from './running-product.ts'

type Zone = { id: string; name: string }
type Written = { changed_at: string }

/** A file of 100,000 records until its last one is answered, and one changed record until it is. */
export async function benchLiveDns(): Promise<Figure[]> {
  const product = await startProduct()
  try {
    return [await importLarge(product), await commitToAnswer(product)]
  } finally {
    await product.stop()
  }
}

async function importLarge(product: Product): Promise<Figure> {
  const provider = await firstProvider(product)
  const zoneFile = largeZoneFile()
  const started = performance.timeOrigin + performance.now()
  await product.call('POST', '/v1/zones', { name: 'large.example', provider_id: provider, zone_file: zoneFile })
  const answered = await whenAnswered(product.demo.dnsPort, 'last.large.example.', 'the last record')
  return {
    name: 'import-100k',
    unit: 's',
    ours: (answered - started) / 1000,
    peers: {},
    goal: { atMost: 10 },
    note: 'file → database → answered',
  }
}

async function commitToAnswer(product: Product): Promise<Figure> {
  const zones = (await product.call('GET', '/v1/zones?q=large.example')) as { items: Zone[] }
  const zone = zones.items[0]
  if (!zone) throw new Error('large.example is not in the list')
  const samples: number[] = []
  for (let n = 0; n < 300; n++) {
    const text = `commit ${n} to answer`
    const record = (await product.call('POST', `/v1/zones/${zone.id}/records`, {
      name: `live${n}.large.example`,
      type: 'TXT',
      ttl: 60,
      data: `"${text}"`,
    })) as Written
    const answered = await whenAnswered(product.demo.dnsPort, `live${n}.large.example.`, text)
    // The change's time is taken before the commit, so this is an upper bound.
    samples.push(answered - Date.parse(record.changed_at))
  }
  return {
    name: 'commit-to-answer p99',
    unit: 'ms',
    ours: percentile(samples, 0.99),
    peers: {},
    goal: { atMost: 50 },
    note: `300 changes of a zone of 100 k records, p50 ${percentile(samples, 0.5).toFixed(1)} ms`,
  }
}

async function firstProvider(product: Product): Promise<string> {
  const providers = (await product.call('GET', '/v1/providers')) as { items: { id: string }[] }
  const [first] = providers.items
  if (!first) throw new Error('the example organization has no provider')
  return first.id
}
