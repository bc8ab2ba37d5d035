import type { BodyOf } from '@zoneward/api/types'
import { useCall } from '../api/use-call.ts'

type Resource = BodyOf<'access.explain'>['resource']

/** May the reader do this there? False while the answer is on its way: a button appears, it never disappears. */
export function useMay(permission: string, resource: Resource, enabled = true): boolean {
  const answer = useCall(
    'access.check',
    { body: { checks: [{ permission, resource }] } },
    { enabled, staleTime: 10_000 },
  )
  return answer.data?.answers[0]?.allowed === true
}
