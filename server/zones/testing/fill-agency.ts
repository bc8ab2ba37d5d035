import type { Product } from '../../../test/product.ts'
import { type Agency, layDownAgency } from '../../access/testing/agency.ts'

export type FilledAgency = Agency & {
  /** Makes a zone as the owner and answers its detail; throws where the server refuses. */
  makeZone(body: {
    name: string
    provider_id?: string
    customer_id?: string | null
    zone_file?: string
  }): Promise<{ id: string; [key: string]: unknown }>
  /** Names of their own, so that agencies of one test file never stand in each other's way. */
  name(label: string): string
}

let count = 0

/** The cast of an agency, and an easy way to give it zones through the API. */
export async function fillAgency(product: Product, roleSet = 'msp'): Promise<FilledAgency> {
  const agency = await layDownAgency(product, roleSet)
  count += 1
  const own = count
  return {
    ...agency,
    name: (label) => `${label}-${own}.example`,
    makeZone: async (body) => {
      const answer = await agency.as.owner.post('/v1/zones', { provider_id: agency.providers.own, ...body })
      if (answer.status !== 201) throw new Error(answer.text)
      return answer.body
    },
  }
}
