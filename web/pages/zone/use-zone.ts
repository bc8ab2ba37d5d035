import type { AnswerOf } from '@zoneward/api/types'
import { createContext, useContext } from 'react'

export type ZoneDetail = AnswerOf<'zones.read'>

export const ZoneContext = createContext<ZoneDetail | null>(null)

/** The zone whose page this is, with what the reader may do in it. */
export function useZone(): ZoneDetail {
  const zone = useContext(ZoneContext)
  if (!zone) throw new Error('useZone stands outside a page of a zone')
  return zone
}
