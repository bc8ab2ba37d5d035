import { AuditTable } from '../activity/audit-table.tsx'
import { useCustomer } from './use-customer.ts'

export function CustomerActivity() {
  return <AuditTable query={{ customer_id: useCustomer().id }} />
}
