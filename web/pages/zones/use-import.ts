import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { call } from '../../api/call.ts'
import { asFault } from '../../api/fault.ts'
import type { TextFile } from '../../ui/file-pick.tsx'
import { type Candidate, canImport, nameFromFile } from './candidate.ts'

// The list lives outside the page: an import goes on when the page is left, and is there when one comes back.
type Import = { candidates: readonly Candidate[]; running: boolean }
let current: Import = { candidates: [], running: false }
const listeners = new Set<() => void>()

function change(next: Partial<Import>) {
  current = { ...current, ...next }
  for (const listener of listeners) listener()
}

function listen(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function patch(key: string, part: Partial<Candidate>) {
  change({ candidates: current.candidates.map((one) => (one.key === key ? { ...one, ...part } : one)) })
}

/** Checks files as they come and writes the good ones, one after another, each wholly or not at all. */
export function useImport() {
  const state = useSyncExternalStore(listen, () => current)
  const client = useQueryClient()
  useEffect(() => {
    // What an earlier visit finished needs no telling twice.
    if (!current.running) change({ candidates: current.candidates.filter(({ state: { step } }) => step !== 'made') })
  }, [])
  useEffect(() => {
    if (!state.running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [state.running])
  const write = (provider: string, customer: string | null) =>
    writeAll(provider, customer).then(() => client.invalidateQueries())
  return { ...state, add, rename, remove, write }
}

function add(files: TextFile[]) {
  const fresh = files.map(({ name, text }): Candidate => {
    const own = /^\s*\$ORIGIN\s/im.test(text) ? '' : nameFromFile(name)
    return { key: crypto.randomUUID(), file: name, text, name: own, check: null, state: { step: 'checking' } }
  })
  change({ candidates: [...current.candidates, ...fresh] })
  void (async () => {
    for (const one of fresh) await check(one)
  })()
}

async function check({ key, text, name }: Candidate) {
  patch(key, { state: { step: 'checking' } })
  try {
    const body = { zone_file: text, ...(name === '' ? {} : { name }) }
    patch(key, { check: await call('zone_file_checks.create', { body }), state: { step: 'checked' } })
  } catch (error) {
    patch(key, { state: { step: 'failed', fault: asFault(error) } })
  }
}

function rename(key: string, name: string) {
  const one = current.candidates.find((candidate) => candidate.key === key)
  if (!one) return
  patch(key, { name })
  void check({ ...one, name })
}

function remove(key: string) {
  change({ candidates: current.candidates.filter((one) => one.key !== key) })
}

async function writeAll(provider_id: string, customer_id: string | null) {
  change({ running: true })
  for (const { key, check: checked, name: wished, text, file } of current.candidates.filter(canImport)) {
    patch(key, { state: { step: 'writing' } })
    try {
      const name = checked?.name ?? wished
      const body = { name, provider_id, customer_id, zone_file: text, comment: `Import of ${file}` }
      const zone = await call('zones.create', { body })
      patch(key, { state: { step: 'made', zoneId: zone.id } })
    } catch (error) {
      patch(key, { state: { step: 'failed', fault: asFault(error) } })
    }
  }
  change({ running: false })
}
