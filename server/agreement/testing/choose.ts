// Things of an organization, chosen by number or by kind.

import type { ScopeKind } from '@zoneward/permissions'
import type { Place, World } from './read-world.ts'

export function nth<Each>(list: readonly Each[], index: number): Each | undefined {
  return list[index % Math.max(1, list.length)]
}

export const placesOfKind = ({ places }: World, kind: ScopeKind): Place[] =>
  places.filter((place) => place.kind === kind)

/** Nobody touches the one who asks all the questions. */
export function othersIn({ people }: World, kept: string): World['people'] {
  return people.filter(({ id }) => id !== kept)
}
