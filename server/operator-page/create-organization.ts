import type { AnswerOf } from '@zoneward/api'
import { roleSet } from '@zoneward/permissions'
import { appendEvent } from '../audit/append-event.ts'
import type { AccountRequest } from '../http/account-request.ts'
import { newId } from '../ids.ts'
import { inviteFounder } from '../invitations/invite-founder.ts'
import { readEmail } from '../sign-in/email-address.ts'
import { freeSlug } from '../sign-in/free-slug.ts'
import { showOrganization } from './list-organizations.ts'
import { selectOrganizations } from './store.ts'

type Answer = AnswerOf<'operator.organizations.create'>

/** Makes an organization, and invites whoever will hold its top role: the operator itself holds nothing in it. */
export async function createOrganization(request: AccountRequest<'operator.organizations.create'>): Promise<Answer> {
  const { context, person, body, address } = request
  const { email, key } = readEmail(body.owner_email)
  const pool = context.database.staff
  const slug = await freeSlug(pool, body.name)
  const orgId = newId()
  const { name, role_set } = body
  const invitation = await pool.write(orgId, async (tx) => {
    await tx.insertInto('organization').values({ id: orgId, name, slug, role_set }).execute()
    await tx.insertInto('portal').values({ slug, org_id: orgId, id: newId(), customer_id: null }).execute()
    const founder = { orgId, roleId: roleSet(role_set).topRoleId, email, emailKey: key }
    const { expiresAt, link } = await inviteFounder(tx, context, founder)
    const operator = {
      subjectId: null,
      realm: 'system',
      name: `${person.name} (operator)`,
      address,
      key: null,
    } as const
    await appendEvent(tx, operator, 'organization.created', { facts: { name, role_set, slug, invited: email } })
    return { email, expires_at: expiresAt.toISOString(), link }
  })
  context.log.info({ operator: person.accountId, address, organization: orgId }, 'the operator made an organization')
  const [made] = await selectOrganizations(pool.kysely, person, { after: null, limit: 1, onlyId: orgId })
  if (!made) throw new Error('an organization that was just made is gone')
  return { ...showOrganization(made), invitation }
}
