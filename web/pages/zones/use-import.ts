import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { asFault } from '../../api/fault.ts'
import type { TextFile } from '../../ui/file-pick.tsx'
import { type Candidate, canImport, nameFromFile } from './candidate.ts'

/** Checks files as they come and writes the good ones, one after another, each wholly or not at all. */
export function useImport() {
  const [candidates, setCandidates] = useState<Candidate[]>([])
  const [running, setRunning] = useState(false)
  const latest = useRef(candidates)
  latest.current = candidates
  const client = useQueryClient()

  const patch = (key: string, change: Partial<Candidate>) =>
    setCandidates((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))

  async function check({ key, text, name }: Candidate) {
    patch(key, { state: { step: 'checking' } })
    try {
      const body = { zone_file: text, ...(name === '' ? {} : { name }) }
      patch(key, { check: await call('zone_file_checks.create', { body }), state: { step: 'checked' } })
    } catch (error) {
      patch(key, { state: { step: 'failed', fault: asFault(error) } })
    }
  }

  function add(files: TextFile[]) {
    const fresh = files.map(({ name, text }): Candidate => {
      const own = /^\s*\$ORIGIN\s/im.test(text) ? '' : nameFromFile(name)
      return { key: crypto.randomUUID(), file: name, text, name: own, check: null, state: { step: 'checking' } }
    })
    setCandidates((all) => [...all, ...fresh])
    void (async () => {
      for (const one of fresh) await check(one)
    })()
  }

  function rename(key: string, name: string) {
    const one = latest.current.find((candidate) => candidate.key === key)
    if (!one) return
    patch(key, { name })
    void check({ ...one, name })
  }

  async function write(provider_id: string, customer_id: string | null) {
    setRunning(true)
    for (const one of latest.current.filter(canImport)) {
      patch(one.key, { state: { step: 'writing' } })
      try {
        const name = one.check?.name ?? one.name
        const body = { name, provider_id, customer_id, zone_file: one.text, comment: `Import of ${one.file}` }
        const zone = await call('zones.create', { body })
        patch(one.key, { state: { step: 'made', zoneId: zone.id } })
      } catch (error) {
        patch(one.key, { state: { step: 'failed', fault: asFault(error) } })
      }
    }
    setRunning(false)
    await client.invalidateQueries()
  }

  const remove = (key: string) => setCandidates((all) => all.filter((one) => one.key !== key))
  return { candidates, add, rename, remove, write, running }
}
