import { expect } from 'vitest'
import type { Caller, Product } from '../../../test/product.ts'
import { type Agency, layDownAgency, type Persona } from '../../access/testing/agency.ts'
import type { Clock } from './clock.ts'
import { readWorld, type World } from './read-world.ts'

/** An organization in the running product while it changes. */
export type Live = {
  product: Product
  clock: Clock
  org: string
  /** Who asks about everybody, and whom no step touches. */
  owner: Caller
  ownerId: string
  /** Browsers of people by their ids, also of those who are gone. */
  browsers: Map<string, Caller>
  /** Keys that were made before anything happened. */
  keys: Map<string, Caller>
  world: World
}

/** A new agency, with a team, a hosting and an own role to begin with. */
export async function beginLive(product: Product, clock: Clock): Promise<Live> {
  const agency: Agency = await layDownAgency(product)
  const personas = (Object.keys(agency.ids) as Persona[]).filter((who) => who !== 'outsider')
  const { owner } = agency.as
  const customer_id = agency.customers.bakery
  const based = { based_on: 'zones.read_write', name: 'Own', permissions: ['zones.view', 'records.view'] }
  for (const made of [
    await owner.post('/v1/teams', { name: 'Desk' }),
    await owner.post('/v1/teams', { name: 'Bakers', realm: 'client', customer_id }),
    await owner.post('/v1/hostings', { customer_id, name: 'Shop', place: 'web1' }),
    await owner.post('/v1/roles', based),
  ]) {
    expect(made.status, made.text).toBe(201)
  }
  const keyed = ['member', 'bakeryDeveloper', 'zoneUser', 'admin'] as const
  const keys = new Map<string, Caller>()
  for (const who of keyed) keys.set(agency.ids[who], await agency.keyOf(who))
  return {
    ...{ product, clock, org: agency.org, owner, ownerId: agency.ids.owner, keys },
    browsers: new Map(personas.map((who) => [agency.ids[who], agency.as[who]])),
    world: await readWorld(product, agency.org),
  }
}
