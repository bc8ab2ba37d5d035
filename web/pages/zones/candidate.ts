import type { AnswerOf } from '@zoneward/api/types'
import type { Fault } from '../../api/fault.ts'

export type Checked = AnswerOf<'zone_file_checks.create'>

/** A zone file on its way: being checked, checked, being written, a zone, or failed. */
export type Candidate = {
  key: string
  file: string
  text: string
  /** The zone's name where the file does not tell it. */
  name: string
  check: Checked | null
  state:
    | { step: 'checking' | 'checked' | 'writing' }
    | { step: 'made'; zoneId: string }
    | { step: 'failed'; fault: Fault }
}

/** Can this file become a zone as it stands? */
export function canImport({ check, state, name }: Candidate): boolean {
  const settled = state.step === 'checked' || state.step === 'failed'
  return (
    settled &&
    check !== null &&
    check.errors.length === 0 &&
    check.existing_zone_id === null &&
    (check.name ?? name) !== ''
  )
}

/** The name of the zone that a file's own name suggests: "db.example.com", "example.com.zone" → "example.com". */
export function nameFromFile(file: string): string {
  const bare = file.replace(/^db\./i, '').replace(/\.(zone|txt|db|dns|bind)$/i, '')
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(bare) ? bare.toLowerCase() : ''
}
