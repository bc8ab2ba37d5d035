import type { EditRights } from '../changes/authorize-edit.ts'

/** To propose takes that one sees the records, and changes.propose for each. */
export const proposing: EditRights = {
  some: ['changes.propose'],
  of: () => ['records.view', 'changes.propose'],
}

/** To approve takes changes.approve for each, and of protected and DMARC records what writing them takes. */
export const approving: EditRights = {
  some: ['changes.approve'],
  of: (record) => ['records.view', 'changes.approve', ...(record === 'records.write' ? [] : [record])],
}

/** To reject, that one could approve ordinary records there. */
export const rejecting: EditRights = {
  some: ['changes.approve'],
  of: () => ['records.view', 'changes.approve'],
}
