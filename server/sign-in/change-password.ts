import { Fault, invalidField } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { hashPassword, verifyPassword } from './hash-password.ts'
import { limitTries } from './limit-tries.ts'
import { passwordFault } from './password-rule.ts'
import { endOtherSessions, readPasswordHash, replacePasswordHash } from './store.ts'

/** Changes one's own password, knowing the current one; every other session of the account ends. */
export async function changePassword(request: ActorRequest<'me.password.replace'>): Promise<null> {
  const { actor, body, context, allowed } = request
  if (actor.kind !== 'session') {
    throw new Fault('forbidden', 'A password is changed from a session, never with an API key.')
  }
  const current = await request.read((tx) => readPasswordHash(tx, allowed, actor))
  const account = `password ${actor.accountId ?? actor.subjectId}`
  const right = await limitTries(context, { account, address: actor.address }, () =>
    verifyPassword(body.current, current),
  )
  if (!right) throw invalidField('current', 'This is not your current password.')
  const organization = await request.read((tx) =>
    tx.selectFrom('organization').select('name').where('id', '=', actor.orgId).executeTakeFirst(),
  )
  const fault = passwordFault(body.password, { email: actor.email, organization: organization?.name ?? null })
  if (fault !== null) throw invalidField('password', fault)
  const passwordHash = await hashPassword(body.password)
  return request.write(async (tx, note) => {
    const replaced = await replacePasswordHash(tx, allowed, { actor, from: current, to: passwordHash })
    if (!replaced) throw new Fault('conflict', 'The password was changed elsewhere just now: sign in again.')
    const ended = await endOtherSessions(tx, allowed, actor)
    note({ customerId: actor.portal?.customerId ?? null, facts: { sessions_ended: ended } })
    return null
  })
}
