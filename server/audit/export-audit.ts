import { createPrivateKey, type KeyObject } from 'node:crypto'
import { noHash, printAuditLine, printCheckpoint } from '@zoneward/api/audit-file'
import { auditKeyBinding } from '../database/instance.ts'
import type { Tx } from '../database/pools.ts'
import { open, type Secret } from '../secrets.ts'

const page = 2_000

/** The organization's whole audit log as lines with their line feeds, ending with a checkpoint that this instance signs. */
export async function* exportAudit(tx: Tx, secret: Secret, organization: string): AsyncGenerator<string> {
  const head = await tx.selectFrom('audit_head').select(['seq', 'hash']).executeTakeFirst()
  const last = Number(head?.seq ?? 0)
  for (let from = 0; from < last; from += page) {
    const events = await tx
      .selectFrom('audit_event')
      .select(['seq', 'at', 'body', 'hash'])
      .where('seq', '>', String(from))
      .where('seq', '<=', String(Math.min(from + page, last)))
      .orderBy('seq')
      .execute()
    const lines = events.map(({ seq, at, body, hash }) =>
      printAuditLine({ seq: Number(seq), at, body, hash: hash.toString('hex') }),
    )
    yield `${lines.join('\n')}\n`
  }
  const checkpoint = {
    organization,
    seq: last,
    hash: head?.hash.toString('hex') ?? noHash,
    at: new Date().toISOString(),
  }
  yield `${printCheckpoint(checkpoint, await instanceKey(tx, secret))}\n`
}

async function instanceKey(tx: Tx, secret: Secret): Promise<KeyObject> {
  const { audit_private_key_sealed: sealed } = await tx
    .selectFrom('instance')
    .select('audit_private_key_sealed')
    .executeTakeFirstOrThrow()
  const der = sealed === null ? null : open(secret, auditKeyBinding, sealed)
  if (!der) throw new Error('The key that signs audit checkpoints cannot be opened with this secret.')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}
