import type { BodyOf } from '@zoneward/api/types'
import { absoluteOwner } from './record.ts'
import type { Edit } from './staging.ts'

type Operation = BodyOf<'changes.create'>['operations'][number]

/** The edits as the API takes them. Names go absolute, so that nothing is completed twice. */
export function operationsOf(edits: readonly Edit[], apex: string): Operation[] {
  return edits.map((edit) => {
    if (edit.op === 'delete') return { op: 'delete', record_id: edit.id }
    const { owner, type, ttl, data } = edit.values
    const name = absoluteOwner(owner, apex)
    if (edit.op === 'create') return { op: 'create', name, type, ttl, data }
    const { before } = edit
    const moved = type !== before.type || data !== before.data
    return {
      op: 'update',
      record_id: edit.id,
      ...(owner === before.owner ? {} : { name }),
      ...(type === before.type ? {} : { type }),
      ...(ttl === before.ttl ? {} : { ttl }),
      ...(moved ? { data } : {}),
    }
  })
}

/**
 * What the server says against edits, by the edit it is about. Its paths count operations: `operations.3.data`;
 * a sentence that quotes a name and a type is told at each edit of that name and type.
 */
export function faultsByEdit(
  fault: { message: string; fields: readonly { path: string; message: string }[] },
  edits: readonly Edit[],
): Map<string, string> {
  const found = new Map<string, string>()
  const tell = (id: string, message: string) => found.set(id, [found.get(id), message].filter(Boolean).join(' '))
  for (const { path, message } of fault.fields) {
    const index = /^operations\.(\d+)\b/.exec(path)?.[1]
    const edit = index === undefined ? undefined : edits[Number(index)]
    if (edit) tell(edit.id, message)
    else for (const each of edits) if (speaksOf(message, each)) tell(each.id, message)
  }
  if (found.size === 0) for (const each of edits) if (speaksOf(fault.message, each)) tell(each.id, fault.message)
  return found
}

/** "Cannot add CNAME at "www": …", "Not allowed to change www A. …" */
function speaksOf(message: string, edit: Edit): boolean {
  const sides = edit.op === 'create' ? [edit.values] : edit.op === 'delete' ? [edit.before] : [edit.values, edit.before]
  return sides.some(
    ({ owner, type }) =>
      (message.includes(`"${owner}"`) && new RegExp(`\\b${type}\\b`).test(message)) ||
      message.includes(`change ${owner} ${type}.`),
  )
}
