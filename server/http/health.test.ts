import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { createLog } from '../log.ts'
import { startServer } from '../start-server.ts'

test('a server whose database is gone says that it is not ready: 503', async () => {
  const database = await createTestDatabase()
  const server = await startServer(database.config, createLog({ level: 'silent' }))
  try {
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await database.close()
    const answer = await fetch(`${server.url}/healthz`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('database') })
  } finally {
    await server.stop()
  }
}, 60_000)
