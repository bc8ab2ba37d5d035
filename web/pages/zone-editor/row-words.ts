import type { Tone } from '../../ui/badge.tsx'
import type { IconName } from '../../ui/icons.tsx'
import type { ZoneRecord } from './record.ts'
import type { Edit } from './staging.ts'

/** How a staged edit is shown: never by colour alone. */
export const editLooks: Record<Edit['op'], { word: string; icon: IconName; tone: Tone; row: string }> = {
  create: { word: 'Added', icon: 'plus', tone: 'good', row: 'bg-good-soft' },
  update: { word: 'Changed', icon: 'edit', tone: 'warn', row: 'bg-warn-soft' },
  delete: { word: 'Deleted', icon: 'trash', tone: 'bad', row: 'bg-bad-soft' },
}

/** A record for the ear and for messages: "www A". */
export function nameOf({ owner, type }: Pick<ZoneRecord, 'owner' | 'type'>): string {
  return `${owner} ${type}`
}

/** A staged record as a row of the list. */
export function rowOf(edit: Extract<Edit, { op: 'create' }>): ZoneRecord {
  return {
    id: edit.id,
    name: edit.values.owner,
    ...edit.values,
    protected: false,
    changed_at: '',
    changed_by: { id: null, name: '' },
    change_id: '',
  }
}
