import { operations } from '@zoneward/api'
import { expect, test } from 'vitest'
import { auditKinds } from './audit-kinds.ts'

test('every event that an operation leaves can be filtered by, and no other', () => {
  const left = new Set(Object.values(operations).flatMap(({ audit }) => (audit === null ? [] : [audit])))
  expect(auditKinds.map(([id]) => id).sort()).toEqual([...left].sort())
})
