import type { AnswerOf } from '@zoneward/api'
import { newCustomerRoleId } from '@zoneward/permissions'
import { describeSubjects } from '../access/describe-subjects.ts'
import { Fault, invalidField } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { freeSlug } from '../sign-in/free-slug.ts'
import { presentCustomers } from './present-customer.ts'
import { customerById, grantMaker, insertCustomer } from './store.ts'

const slugShape = /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/

/**
 * Makes a customer with a portal of its own. The team that its maker works for now is its Customer Admin from then on:
 * the maker itself, where it has not switched to another.
 */
export async function createCustomer(request: ActorRequest<'customers.create'>): Promise<AnswerOf<'customers.create'>> {
  const { name, notes } = request.body
  const slug = await portalSlug(request)
  return request.changeAccess(async (tx, note) => {
    const { actor, allowed } = request
    const { orgId, subjectId, currentTeamId, teamIds } = actor
    // Since the request was read, the maker may have left the team.
    const shared = currentTeamId !== null && teamIds.includes(currentTeamId) ? currentTeamId : null
    const at = { orgId, id: newId() }
    await insertCustomer(tx, allowed, orgId, { id: at.id, name, notes, portal: { id: newId(), slug } })
    const made = { orgId, id: newId(), by: subjectId, customerId: at.id }
    await grantMaker(tx, allowed, { ...made, subjectId: shared ?? subjectId, roleId: newCustomerRoleId })
    const to = (await describeSubjects(tx, actor, [shared ?? subjectId])).get(shared ?? subjectId)?.name
    note({ customerId: at.id, facts: { name, portal: slug, granted: newCustomerRoleId, to } })
    const row = await customerById(tx, allowed, at)
    const [shown] = row ? await presentCustomers(tx, actor, [row]) : []
    if (!shown) throw new Fault('internal', 'The new customer cannot be read.')
    return shown
  })
}

/** The one asked for, if it is well formed and free; otherwise one made from the name. */
async function portalSlug({ body, context }: ActorRequest<'customers.create'>): Promise<string> {
  const { portal } = body
  if (!portal) return freeSlug(context.database.staff, body.name)
  if (!slugShape.test(portal))
    throw invalidField(
      'portal',
      'A portal address has small letters, digits and hyphens, at most 40, and no hyphen at its ends.',
    )
  if ((await freeSlug(context.database.staff, portal)) !== portal)
    throw invalidField('portal', `/portal/${portal} is taken: choose another address.`)
  return portal
}
