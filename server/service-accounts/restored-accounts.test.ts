import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/database.ts'
import { operate } from '../../test/operate.ts'
import { newId } from '../ids.ts'

const org = newId()
const [kept, gone, keptKey, goneKey] = Array.from({ length: 4 }, () => newId())

test('a service account that was deleted does not come back with an older copy, nor do its keys and grants', async () => {
  const live = await createTestDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'zoneward-accounts-'))
  const copy = join(folder, 'backup.gz')
  await live.asSuperuser(`insert into organization (id, name, slug) values ('${org}', 'Harbour', 'harbour');
    insert into subject (org_id, id, kind, realm) values ('${org}', '${kept}', 'service', 'staff'), ('${org}', '${gone}', 'service', 'staff');
    insert into service_account (org_id, id, name) values ('${org}', '${kept}', 'kept'), ('${org}', '${gone}', 'gone');
    insert into access_grant (org_id, id, subject_id, role_id) values ('${org}', '${newId()}', '${gone}', 'msp.admin');
    insert into api_key (org_id, id, owner_id, name, hint, token_hash) values
      ('${org}', '${keptKey}', '${kept}', 'k', 'zw_key_k', 'k'), ('${org}', '${goneKey}', '${gone}', 'g', 'zw_key_g', 'g')`)
  expect(await operate(live, ['backup', copy])).toMatchObject({ code: 0 })
  await live.asSuperuser(`delete from subject where id = '${gone}'`)
  expect(await operate(live, ['restore', copy, '--replace'])).toMatchObject({ code: 0 })
  expect(await live.asSuperuser('select id from service_account')).toEqual([{ id: kept }])
  expect(await live.asSuperuser('select id from api_key')).toEqual([{ id: keptKey }])
  expect(await live.asSuperuser('select id from access_grant')).toEqual([])
  await live.close()
  rmSync(folder, { recursive: true })
})
