import { generateKeyPairSync } from 'node:crypto'
import type pg from 'pg'
import { newId } from '../ids.ts'
import { type Binding, open, type Secret, seal } from '../secrets.ts'
import { StartError } from '../start-error.ts'

export interface Instance {
  id: string
  rolePrefix: string
}

export const auditKeyBinding: Binding = { orgId: null, thing: 'instance', field: 'audit_private_key', version: 1 }

/** The instance that a database holds, or null for an empty one; with another secret than its own nothing can start. */
export async function readInstance(
  client: pg.ClientBase,
  secret: Secret,
  secretFile: string,
): Promise<Instance | null> {
  const { rows: tables } = await client.query(`select to_regclass('public.instance') is not null as there`)
  if (!tables[0]?.there) return null
  const { rows } = await client.query('select id, role_prefix, audit_private_key_sealed as sealed from public.instance')
  const row: { id: string; role_prefix: string; sealed: string | null } | undefined = rows[0]
  if (!row) return null
  if (row.sealed && !open(secret, auditKeyBinding, row.sealed)) {
    throw new StartError(
      `The secret file ${secretFile} is not the one that this database was made with: put that one back, or set ZONEWARD_SECRET_FILE`,
    )
  }
  return { id: row.id, rolePrefix: row.role_prefix }
}

/** Written in the transaction of the first migration: from then on the roles' names are known to every server. */
export async function createInstance(client: pg.ClientBase, secret: Secret, rolePrefix: string): Promise<void> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const sealed = seal(secret, auditKeyBinding, privateKey.export({ type: 'pkcs8', format: 'der' }))
  await client.query(
    'insert into instance (id, role_prefix, audit_public_key, audit_private_key_sealed) values ($1, $2, $3, $4)',
    [newId(), rolePrefix, publicKey.export({ type: 'spki', format: 'der' }), sealed],
  )
}
