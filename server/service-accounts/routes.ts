import type { AnswerOf } from '@zoneward/api'
import type { Allowed } from '../access/authorize.ts'
import { ensureWhole } from '../api-keys/ensure-may-make.ts'
import { makeKey } from '../api-keys/make-key.ts'
import { presentApiKeys } from '../api-keys/present-api-keys.ts'
import { readCeiling } from '../api-keys/read-ceiling.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, notFound } from '../fault.ts'
import { pageOfRows, parseCursor } from '../http/cursor.ts'
import type { ActorRequest } from '../http/request.ts'
import type { Routes } from '../http/routes.ts'
import { newId } from '../ids.ts'
import { ensureNotAbove } from './ensure-not-above.ts'
import {
  accountById,
  accountPage,
  deleteAccount,
  insertAccount,
  nameIsTaken,
  type ServiceAccountRow,
  updateAccount,
} from './store.ts'

type Shown = AnswerOf<'service_accounts.create'>

export const serviceAccountRoutes = {
  'service_accounts.list': (request) =>
    request.read(async (tx) => {
      const { cursor, limit, q } = request.query
      const before = parseCursor(cursor, ['string'])?.[0] ?? null
      const rows = await accountPage(tx, request.allowed, { orgId: request.actor.orgId, q, before, limit })
      return pageOfRows(rows, limit, present, (row) => [row.id])
    }),

  'service_accounts.create': (request) =>
    request.changeAccess(async (tx, note) => {
      const { actor, body, allowed } = request
      await refuseTaken(tx, allowed, { orgId: actor.orgId, name: body.name })
      const account = { ...body, orgId: actor.orgId, id: newId(), createdBy: actor.subjectId }
      await insertAccount(tx, allowed, account)
      note({ facts: { id: account.id, name: body.name, description: body.description } })
      return present(await accountOf(tx, allowed, actor.orgId, account.id))
    }),

  'service_accounts.update': (request) =>
    request.changeAccess(async (tx, note) => {
      const { actor, body, allowed } = request
      const old = await accountOf(tx, allowed, actor.orgId, request.params.service_account_id)
      const now = { name: body.name ?? old.name, description: body.description ?? old.description }
      if (now.name === old.name && now.description === old.description) note.nothing()
      else {
        await refuseTaken(tx, allowed, { orgId: actor.orgId, name: now.name, except: old.id })
        await updateAccount(tx, allowed, { orgId: actor.orgId, id: old.id }, now)
        const from = { name: old.name, description: old.description }
        note({ facts: { id: old.id, name: old.name, from, to: now } })
      }
      return present({ ...old, ...now })
    }),

  'service_accounts.delete': (request) =>
    request.changeAccess(async (tx, note) => {
      const { actor, allowed } = request
      const account = await accountOf(tx, allowed, actor.orgId, request.params.service_account_id)
      await ensureNotAbove(tx, request.actor, account, 'Taking it away')
      await deleteAccount(tx, allowed, actor.orgId, account.id)
      note({ facts: { id: account.id, name: account.name, keys: account.keys, grants: account.grants } })
      return null
    }),

  'service_accounts.keys.create': (request) => request.changeAccess((tx, note) => createKey(tx, note, request)),
} satisfies Routes<
  | 'service_accounts.list'
  | 'service_accounts.create'
  | 'service_accounts.update'
  | 'service_accounts.delete'
  | 'service_accounts.keys.create'
>

type Asking = ActorRequest<'service_accounts.keys.create'>

async function createKey(tx: Tx, note: Parameters<Parameters<Asking['changeAccess']>[0]>[1], request: Asking) {
  const { body, allowed, params } = request
  const { orgId } = request.actor
  const account = await accountOf(tx, allowed, orgId, params.service_account_id)
  ensureWhole(request.actor)
  const endsAt = body.expires_at === null ? null : new Date(body.expires_at)
  const until = endsAt?.getTime() ?? Number.POSITIVE_INFINITY
  await ensureNotAbove(tx, request.actor, account, 'Making a key of it', until)
  const ceiling = await readCeiling(tx, request.actor, body)
  const wish = { ownerId: account.id, kind: 'key', name: body.name, ceiling, endsAt } as const
  const { row, token } = await makeKey(tx, allowed, request.actor, wish)
  const [shown] = await presentApiKeys(tx, request.actor, [row])
  if (!shown) throw new Error('a key that was just made is gone')
  note({ facts: { id: row.id, name: row.name, owner: account.name, ceiling, expires_at: body.expires_at } })
  return { ...shown, token }
}

async function accountOf(tx: Tx, allowed: Allowed, orgId: string, id: string): Promise<ServiceAccountRow> {
  const account = await accountById(tx, allowed, orgId, id)
  if (account === null) throw notFound()
  return account
}

async function refuseTaken(
  tx: Tx,
  allowed: Allowed,
  wish: { orgId: string; name: string; except?: string },
): Promise<void> {
  if (!(await nameIsTaken(tx, allowed, wish))) return
  const message = `There is a service account called "${wish.name}" already: choose another name.`
  throw new Fault('conflict', message, { fields: [{ path: 'name', message }] })
}

function present({ id, name, description, created_at, keys, grants }: ServiceAccountRow): Shown {
  return { id, name, description, created_at: created_at.toISOString(), keys, grants }
}
