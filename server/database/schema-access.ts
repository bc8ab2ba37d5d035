import type { Generated } from 'kysely'

// The tables of migration 0007, as Kysely sees them.

type Id = string
type When = Date
type OptionalWhen = Date | null

export type HostingTable = {
  org_id: Id
  id: Id
  customer_id: Id
  name: string
  place: Generated<string>
  created_at: Generated<When>
}

export type CustomRoleTable = {
  org_id: Id
  id: Id
  based_on: string
  name: string
  description: Generated<string>
  /** Read back as an array; written as its JSON text. */
  permissions: unknown
  created_at: Generated<When>
  changed_at: Generated<When>
}

export type GrantUseTable = { org_id: Id; grant_id: Id; used_at: When }

export type ServiceAccountTable = {
  org_id: Id
  id: Id
  name: string
  description: Generated<string>
  created_by: Id | null
  created_at: Generated<When>
}

export type AssertionTable = {
  org_id: Id
  id: Id
  sentence: string
  rule: unknown
  created_by: Id | null
  created_at: Generated<When>
}

export type AccessRequestTable = {
  org_id: Id
  id: Id
  subject_id: Id
  permission: string
  resource_kind: string
  resource_id: Id
  record: unknown
  role_id: string
  scope_kind: string
  scope_id: Id
  patterns: unknown
  hours: number
  reason: string
  state: Generated<'pending' | 'granted' | 'refused' | 'withdrawn'>
  decided_by: Id | null
  decided_at: OptionalWhen
  comment: Generated<string>
  grant_id: Id | null
  created_at: Generated<When>
}

export type AccessReviewTable = {
  org_id: Id
  id: Id
  customer_id: Id | null
  opened_by: Id | null
  opened_at: Generated<When>
  closed_at: OptionalWhen
  left_undecided: number | null
}

export type AccessReviewItemTable = {
  org_id: Id
  review_id: Id
  grant_id: Id
  facts: unknown
  verdict: 'confirmed' | 'revoked' | null
  decided_by: Id | null
  decided_at: OptionalWhen
}

export type ProposalTable = {
  org_id: Id
  id: Id
  zone_id: Id
  author_id: Id | null
  author_realm: 'staff' | 'client'
  author_name: string
  api_key_id: Id | null
  /** Who made the key that proposed it. */
  maker_id: Id | null
  source: string
  comment: Generated<string>
  operations: unknown
  base: unknown
  state: Generated<'open' | 'approved' | 'rejected' | 'withdrawn'>
  decided_by: Id | null
  decided_at: OptionalWhen
  decided_name: Generated<string>
  decision: Generated<string>
  change_id: Id | null
  created_at: Generated<When>
}

export type ViewAsTable = {
  org_id: Id
  id: Id
  session_id: Id
  viewer_id: Id
  subject_id: Id
  reason: Generated<string>
  started_at: Generated<When>
  ends_at: When
}

export type AccessSchema = {
  hosting: HostingTable
  custom_role: CustomRoleTable
  grant_use: GrantUseTable
  service_account: ServiceAccountTable
  assertion: AssertionTable
  access_request: AccessRequestTable
  access_review: AccessReviewTable
  access_review_item: AccessReviewItemTable
  proposal: ProposalTable
  view_as: ViewAsTable
}
