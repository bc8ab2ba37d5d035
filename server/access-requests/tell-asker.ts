import { peopleOf } from '../access/people.ts'
import type { Context } from '../context.ts'
import type { Tx } from '../database/pools.ts'
import type { Actor } from '../http/actor.ts'
import { showRequest } from './read-request.ts'
import { decisionMail } from './request-mails.ts'
import { requestsLink } from './requests-link.ts'
import type { RequestRow } from './store.ts'

/** Queues the mail to whoever asked, in the transaction of the decision. A client is not told the names of staff. */
export async function tellAsker(tx: Tx, context: Context, actor: Actor, row: RequestRow): Promise<void> {
  const [asker] = await peopleOf(tx, actor, [row.subject_id])
  if (asker === undefined || asker.email === '') return
  const shown = await showRequest(tx, actor, row)
  const isOfProvider = asker.subject.realm === 'client' && actor.realm === 'staff'
  const by = isOfProvider ? 'Your provider' : actor.name
  const link = await requestsLink(tx, context, { orgId: row.org_id, person: asker })
  await context.mailer.queue(tx, decisionMail({ to: asker.email, by, link, request: shown }))
}
