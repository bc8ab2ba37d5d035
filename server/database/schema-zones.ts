import type { Generated } from 'kysely'

// Zones, their records and their history, as Kysely sees them.

type Id = string
type When = Date

export type ZoneTable = {
  org_id: Id
  id: Id
  provider_id: Id
  customer_id: Id | null
  name: string
  name_key: string
  sort_key: Buffer
  serial: string
  record_count: Generated<number>
  served: boolean
  created_at: Generated<When>
  changed_at: Generated<When>
}

export type ChangeSource = 'console' | 'portal' | 'api' | 'cli' | 'import' | 'revert' | 'demo'

export type ChangeTable = {
  org_id: Id
  id: Id
  zone_id: Id
  author_id: Id | null
  author_realm: 'staff' | 'client' | 'system'
  author_name: string
  api_key_id: Id | null
  source: ChangeSource
  comment: Generated<string>
  reverts: Id | null
  serial_before: string
  serial_after: string
  added: number
  removed: number
  created_at: Generated<When>
}

export type ChangeEntryTable = {
  org_id: Id
  change_id: Id
  seq: number
  added: boolean
  record_id: Id
  owner: string
  sort_key: Buffer
  type: number
  ttl: number
  rdata: Buffer
}

export type RecordTable = {
  org_id: Id
  id: Id
  zone_id: Id
  owner: string
  sort_key: Buffer
  type: number
  ttl: number
  rdata: Buffer
  change_id: Id
}

export type ZoneSchema = {
  zone: ZoneTable
  change: ChangeTable
  change_entry: ChangeEntryTable
  record: RecordTable
}
