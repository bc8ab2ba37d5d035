import type { AnswerOf } from '@zoneward/api/types'
import { createContext, useContext } from 'react'

export type Customer = AnswerOf<'customers.read'>

export const CustomerContext = createContext<Customer | null>(null)

/** The customer whose page this is, with what the reader may do there. */
export function useCustomer(): Customer {
  const customer = useContext(CustomerContext)
  if (!customer) throw new Error('useCustomer stands outside a page of a customer')
  return customer
}
