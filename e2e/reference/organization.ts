import { operations } from '@zoneward/api'
import type { Permission, RoleSetId, ScopeKind } from '@zoneward/permissions'
import { type Answer, type Caller, type Product, startProduct } from '../../test/product.ts'
import { exampleZone, foundAgency, type Invited, inviteAndAccept, must } from '../agency.ts'

// An organization whose primary set is the one of the table, and how a cell of a table is read from what the product
// answers: by the question whether the person holds the permission, and by the requests that want it.

export type Scope = { kind: ScopeKind; id: string }
export type Person = { name: string; id: string; caller: Caller; key: Caller | null }

export type Organization = {
  product: Product
  id: string
  founder: Person
  /** Made by the founder: the id of what `POST path` answers. */
  make(path: string, body: object): Promise<string>
  /** A zone of the examples, or an empty one of another name. */
  zone(name: string, provider: string, customer?: string | null): Promise<string>
  /** Invited by the founder, in by the invitation's link; with a key of its own where it may have one. */
  join(name: string, invited: Omit<Invited, 'name' | 'email'>): Promise<Person>
  scope: Scope
}

const examples = ['bakery.example', 'clinic.example', 'harbourpine.example', 'studio.example']

export async function startOrganization(roleSet: RoleSetId): Promise<Organization> {
  const product = await startProduct()
  const { owner, organizationId } = await foundAgency(product, roleSet)
  const { user } = must(await owner.get('/v1/me'), 200)
  const make = async (path: string, body: object) => must(await owner.post(path, body), 201).id as string
  return {
    product,
    id: organizationId,
    founder: { name: user.name, id: user.id, caller: owner, key: await keyOf(product, owner) },
    make,
    scope: { kind: 'organization', id: organizationId },
    zone: (name, provider_id, customer_id = null) =>
      make('/v1/zones', {
        ...{ name, provider_id, customer_id },
        ...(examples.includes(name) ? { zone_file: exampleZone(name) } : {}),
      }),
    join: async (name, invited) => {
      const email = `${name.toLowerCase().replaceAll(' ', '-')}@people.example`
      const { caller, id } = await inviteAndAccept(product, owner, { name, email, ...invited })
      return { name, id, caller, key: await keyOf(product, caller) }
    },
  }
}

/** A key of one's own, or null for whom the product lets have none. */
async function keyOf(product: Product, caller: Caller): Promise<Caller | null> {
  const made = await caller.post('/v1/api-keys', { name: 'reference' })
  if (made.status === 201) return product.withKey(made.body.token)
  if (made.status === 403 && made.body.permission === 'api_keys.create') return null
  throw new Error(`a key was answered ${made.status}: ${made.text}`)
}

/** One thing that a cell says: the permission it is about, and the request that shows it where the product serves it. */
export type Shown = {
  needs: Permission
  /** Where; the organization itself without it. */
  at?: () => Scope
  asked?: (person: Person) => Promise<Answer>
  /** What else a refusal may name as missing, where one permission only opens the way to the other. */
  orNames?: Permission[]
}
export type Row = { row: string; is: string; shown: Shown[] }

/** The cell as the product answers it: `yes` or `no`, or a fault where the question and the request disagree. */
export async function readCell(organization: Organization, person: Person, { shown }: Row): Promise<string> {
  const places = shown.map(({ needs, at }) => ({ permission: needs, resource: at?.() ?? organization.scope }))
  const checked = await check(person, places)
  const answers: [needs: Permission, answer: string][] = []
  for (const [place, part] of shown.entries()) {
    const holds = checked[place] ? 'yes' : 'no'
    const done = part.asked ? readAnswer(await part.asked(person), part) : holds
    answers.push([part.needs, holds === done ? holds : `is held: ${holds}, and asked for: ${done}`])
  }
  const [first = 'nothing was asked', ...others] = new Set(answers.map(([, answer]) => answer))
  return others.length === 0 ? first : answers.map((pair) => pair.join(' ')).join('; ')
}

/** Every cell of a row, in the order of the people. */
export async function readRow(organization: Organization, people: readonly Person[], row: Row): Promise<string> {
  const cells: string[] = []
  for (const person of people) cells.push(await readCell(organization, person, row))
  return cells.join(' ')
}

/** Which of these the person holds at a place, by what the API answers itself about itself. */
export async function held(person: Person, permissions: readonly Permission[], resource: Scope): Promise<Permission[]> {
  const answers = await check(
    person,
    permissions.map((permission) => ({ permission, resource })),
  )
  return permissions.filter((_, place) => answers[place])
}

type Question = { permission: Permission; resource: Scope }

async function check({ caller }: Person, checks: readonly Question[]): Promise<boolean[]> {
  const { answers } = must(await caller.post('/v1/access/checks', { checks }), 200)
  return answers.map(({ allowed }: { allowed: boolean }) => allowed)
}

function readAnswer(answer: Answer, { needs, orNames = [] }: Shown): string {
  const { status, body, text } = answer
  const isList = status === 200 && Array.isArray(body.items)
  if (isList) return body.items.length > 0 ? 'yes' : 'no'
  if (status >= 200 && status < 300) return 'yes'
  const named = [needs, ...orNames].includes(body.permission)
  return status === 404 || (status === 403 && named) ? 'no' : `${status} ${text.slice(0, 300)}`
}

/** A request of a person in its own session. */
export function shows(needs: Permission, ask: (by: Caller) => Promise<Answer>, at?: () => Scope): Shown {
  return { needs, asked: ({ caller }) => ask(caller), ...(at ? { at } : {}) }
}

/** Something that the first success uses up, such as a zone to delete: made anew only then. */
export function untilUsed(make: () => Promise<string>): (ask: (id: string) => Promise<Answer>) => Promise<Answer> {
  let waiting: string | null = null
  return async (ask) => {
    waiting ??= await make()
    const answer = await ask(waiting)
    if (answer.status < 300) waiting = null
    return answer
  }
}

/** What no request shows yet, by name: `View Reports: reports.view`. */
export function withoutRequest(table: readonly Row[]): string[] {
  return table.flatMap(({ row, shown }) => shown.flatMap((part) => (part.asked ? [] : [`${row}: ${part.needs}`])))
}

/** Of these, what an operation asks for by now, so that the row has to ask for it too. */
export function servedAfterAll(table: readonly Row[]): string[] {
  const asked = new Set<string | null>(Object.values(operations).map(({ permission }) => permission))
  return withoutRequest(table).filter((name) => asked.has(name.split(': ').at(-1) ?? ''))
}

let made = 0
/** A word that was not used before. */
export function fresh(): string {
  made += 1
  return `n${made}`
}
