import pg from 'pg'
import type { Log } from '../log.ts'

export interface Listening {
  stop(): Promise<void>
}

/** `null` instead of a payload: the connection is new, so anything may have been missed before; look for yourself. */
export type OnNotice = (payload: string | null) => void

export interface ListenOptions {
  connection: pg.ClientConfig
  channel: string
  log: Log
  onNotice: OnNotice
}

/** Hears NOTIFY on a channel for as long as it is not stopped, over as many connections as that takes. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const state: State = { stopped: false, client: null, wake: () => {} }
  let hear: () => void = () => {}
  const first = new Promise<void>((resolve) => {
    hear = resolve
  })
  const ended = keepListening(options, state, hear)
  await first
  return {
    stop: async () => {
      state.stopped = true
      state.wake()
      await state.client?.end().catch(() => {})
      await ended
    },
  }
}

interface State {
  stopped: boolean
  client: pg.Client | null
  wake: () => void
}

async function keepListening(options: ListenOptions, state: State, heard: () => void): Promise<void> {
  let pause = 50
  while (!state.stopped) {
    try {
      await listenOnce(options, state, () => {
        pause = 50
        heard()
      })
    } catch (error) {
      if (!state.stopped) options.log.warn({ channel: options.channel, err: error }, 'listening was interrupted')
    }
    if (state.stopped) break
    await new Promise<void>((resolve) => {
      state.wake = resolve
      setTimeout(resolve, pause)
    })
    pause = Math.min(pause * 2, 2_000)
  }
  heard()
}

async function listenOnce({ connection, channel, onNotice }: ListenOptions, state: State, heard: () => void) {
  const client = new pg.Client({
    ...connection,
    application_name: `zoneward listens to ${channel}`,
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  })
  state.client = client
  let beat: NodeJS.Timeout | undefined
  try {
    const lost = new Promise<void>((_, reject) => {
      client.on('error', reject)
      client.on('end', () => reject(new Error('the connection ended')))
      // A peer that is gone without a word is only noticed by asking it something.
      beat = setInterval(() => client.query('select 1').catch(reject), 15_000)
    })
    lost.catch(() => {})
    client.on('notification', (notice) => notice.channel === channel && onNotice(notice.payload ?? ''))
    await client.connect()
    await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    heard()
    onNotice(null)
    await lost
  } finally {
    clearInterval(beat)
    await client.end().catch(() => {})
  }
}
