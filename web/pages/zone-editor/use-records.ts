import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import type { AnswerOf } from '@zoneward/api/types'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { asFault, type Fault } from '../../api/fault.ts'
import { scopeKey } from '../../api/use-call.ts'
import type { ZoneRecord } from './record.ts'

const firstPage = 500
const laterPages = 5000

type State = {
  zoneId: string
  rows: readonly ZoneRecord[]
  /** Is every record of the zone here? */
  complete: boolean
  /** The serial that was known when these rows were asked for. */
  serial: number
  fault: Fault | null
}

export type Records = State & {
  /** Rows are here, and newer ones are on their way. */
  renewing: boolean
  retry: () => void
  replace: (rows: readonly ZoneRecord[]) => void
}

/**
 * All records of a zone: a first page at once, the rest behind it. When the serial moves, all are read again while the
 * old ones stay on the page.
 */
export function useRecords(zoneId: string, serial: number): Records {
  const client = useQueryClient()
  const [attempt, setAttempt] = useState(0)
  const [state, setState] = useState<State>({ zoneId, rows: [], complete: false, serial, fault: null })
  useEffect(() => {
    const stop = new AbortController()
    const set = (change: (old: State) => State) => {
      if (!stop.signal.aborted) setState(change)
    }
    void load(client, zoneId, serial, set, stop.signal)
    return () => stop.abort()
  }, [client, zoneId, serial, attempt])
  const retry = useCallback(() => setAttempt((count) => count + 1), [])
  const replace = useCallback((rows: readonly ZoneRecord[]) => setState((old) => ({ ...old, rows })), [])
  const renewing = state.complete && state.serial !== serial && state.fault === null
  return { ...state, renewing, retry, replace }
}

async function load(
  client: QueryClient,
  zoneId: string,
  serial: number,
  set: (change: (old: State) => State) => void,
  signal: AbortSignal,
): Promise<void> {
  const rows: ZoneRecord[] = []
  let cursor: string | null = null
  set((old) =>
    old.zoneId === zoneId ? { ...old, fault: null } : { zoneId, rows: [], complete: false, serial, fault: null },
  )
  try {
    do {
      const page: Page = await readPage(client, zoneId, cursor)
      if (signal.aborted) return
      for (const record of page.items) rows.push(record)
      cursor = page.next
      const complete = cursor === null
      const shown = complete ? rows : rows.slice()
      // What is complete already is only replaced by what is complete again.
      set((old) => (old.complete && !complete ? old : { zoneId, rows: shown, complete, serial, fault: null }))
    } while (cursor !== null)
  } catch (error) {
    const fault = asFault(error)
    const gone = ['forbidden', 'not_found', 'unauthenticated'].includes(fault.code)
    set((old) => ({ ...old, fault, ...(gone ? { rows: [], complete: false } : {}) }))
  }
}

type Page = AnswerOf<'records.list'>

function readPage(client: QueryClient, zoneId: string, cursor: string | null): Promise<Page> {
  const query = { limit: cursor === null ? firstPage : laterPages, ...(cursor === null ? {} : { cursor }) }
  return client.fetchQuery({
    queryKey: [scopeKey(), 'records.list', 'whole', zoneId, query],
    queryFn: ({ signal }) => call('records.list', { params: { zone_id: zoneId }, query }, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
}
