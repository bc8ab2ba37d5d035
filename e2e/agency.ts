import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer, Caller, Product } from '../test/product.ts'

/** The agency of the stories, made step by step over HTTP by its owner, as anybody would make it. */
export type Agency = {
  owner: Caller
  organizationId: string
  providers: { main: string; archive: string }
  customers: { bakery: string; clinic: string }
  zones: { bakery: string; clinic: string; studio: string; own: string }
}

export const password = 'a long sentence for the stories 2026'

export function exampleZone(name: string): string {
  return readFileSync(join(import.meta.dirname, '../examples/zones', `${name}.zone`), 'utf8')
}

/** The answer's body; a story cannot go on after a refusal that it did not expect. */
export function must(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status)
    throw new Error(`${status} was expected, ${answer.status} came: ${answer.text.slice(0, 600)}`)
  return answer.body
}

export async function foundAgency(
  product: Product,
  roleSet = 'msp',
): Promise<{ owner: Caller; organizationId: string }> {
  const token = product.server.setupLink?.split('#')[1] ?? ''
  const { answer, caller } = await product.entering('/v1/setup', {
    token,
    name: 'Olive Owner',
    email: 'olive@agency.example',
    password,
    organization: { name: 'Harbour & Pine', role_set: roleSet },
  })
  return { owner: caller, organizationId: must(answer, 201).organization.id }
}

export async function makeAgency(product: Product): Promise<Agency> {
  const { owner, organizationId } = await foundAgency(product)
  const make = async (path: string, body: unknown) => must(await owner.post(path, body), 201).id as string
  const main = await make('/v1/providers', { name: 'Main name servers' })
  const archive = await make('/v1/providers', { name: 'Older customers' })
  const bakery = await make('/v1/customers', { name: 'Mill Lane Bakery', portal: 'bakery' })
  const clinic = await make('/v1/customers', { name: 'Hillside Clinic', portal: 'clinic' })
  const zone = (name: string, provider: string, customer: string | null) =>
    make('/v1/zones', { name, provider_id: provider, customer_id: customer, zone_file: exampleZone(name) })
  return {
    owner,
    organizationId,
    providers: { main, archive },
    customers: { bakery, clinic },
    zones: {
      bakery: await zone('bakery.example', main, bakery),
      clinic: await zone('clinic.example', main, clinic),
      studio: await zone('studio.example', archive, null),
      own: await zone('harbourpine.example', archive, null),
    },
  }
}

export type Invited = {
  realm: 'staff' | 'client'
  email: string
  name: string
  customer_id?: string | null
  grants: unknown[]
}

/** Invites, takes the link that the inviter is shown, and accepts it. */
export async function inviteAndAccept(
  product: Product,
  inviter: Caller,
  { name, ...invited }: Invited,
): Promise<{ caller: Caller; id: string; link: string }> {
  const invitation = must(await inviter.post('/v1/invitations', invited), 201)
  const link = invitation.link as string
  const { answer, caller } = await product.entering('/v1/acceptances', { token: link.split('#')[1], name, password })
  return { caller, id: must(answer, 201).user.id, link }
}

export async function namesOfZones(caller: Caller): Promise<string[]> {
  const { items } = must(await caller.get('/v1/zones'), 200)
  return (items as { name: string }[]).map((zone) => zone.name).sort()
}
