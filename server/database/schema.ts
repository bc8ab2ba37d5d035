import type { Generated, GeneratedAlways } from 'kysely'
import type { AccessSchema } from './schema-access.ts'
import type { ZoneSchema } from './schema-zones.ts'

// The tables as Kysely sees them; the truth is migrations/. Times come and go as Date, bigints as string unless said.

type Id = string
type When = Date
type OptionalWhen = Date | null

export type InstanceTable = {
  only_row: Generated<boolean>
  id: Id
  role_prefix: string
  created_at: Generated<When>
  setup_token_hash: Buffer | null
  audit_public_key: Buffer | null
  audit_private_key_sealed: string | null
  sign_up: Generated<'closed' | 'invited' | 'open'>
  use_known_since: Generated<When>
}

export type Contact = { name?: string; email?: string; phone?: string; url?: string; text?: string }

export type OrganizationTable = {
  id: Id
  name: string
  slug: string
  role_set: Generated<'monitoring' | 'msp' | 'hosting' | 'zones' | 'domains'>
  contact: Generated<Contact>
  seat_limit: number | null
  access_revision: Generated<string>
  created_at: Generated<When>
}

export type AccountTable = {
  id: Id
  email: string
  email_key: string
  name: string
  password_hash: string
  is_operator: Generated<boolean>
  created_at: Generated<When>
}

export type CustomerCeiling = { permissions: string[]; roles?: string[] }

export type CustomerTable = {
  org_id: Id
  id: Id
  name: string
  notes: Generated<string>
  ceiling: CustomerCeiling | null
  seat_limit: number | null
  created_at: Generated<When>
}

export type ProviderTable = {
  org_id: Id
  id: Id
  name: string
  kind: Generated<'built_in'>
  created_at: Generated<When>
}

export type PortalTable = { slug: string; org_id: Id; id: Id; customer_id: Id | null }

export type Realm = 'staff' | 'client'

export type SubjectTable = {
  org_id: Id
  id: Id
  kind: 'member' | 'client_user' | 'team' | 'service'
  realm: Realm
  created_at: Generated<When>
}

export type MemberTable = {
  org_id: Id
  id: Id
  account_id: Id
  created_at: Generated<When>
  team_features: Generated<boolean>
}

export type ClientUserTable = {
  org_id: Id
  id: Id
  portal_id: Id
  customer_id: Id | null
  email: string
  email_key: string
  name: string
  password_hash: string
  created_at: Generated<When>
  last_seen_at: OptionalWhen
  team_features: Generated<boolean>
}

export type TeamTable = { org_id: Id; id: Id; name: string; realm: Realm; customer_id: Id | null }
export type TeamMemberTable = { org_id: Id; team_id: Id; user_id: Id }

export type AccessGrantTable = {
  org_id: Id
  id: Id
  subject_id: Id
  role_id: string
  customer_id: Id | null
  provider_id: Id | null
  zone_id: Id | null
  hosting_id: Id | null
  scope_kind: GeneratedAlways<'organization' | 'customer' | 'provider' | 'zone' | 'hosting'>
  scope_id: GeneratedAlways<Id>
  custom_role_id: GeneratedAlways<Id | null>
  patterns: unknown | null
  starts_at: OptionalWhen
  ends_at: OptionalWhen
  review_required: Generated<boolean>
  reason: Generated<string>
  granted_by: Id | null
  created_at: Generated<When>
}

export type InvitationTable = {
  org_id: Id
  id: Id
  realm: Realm
  portal_id: Id | null
  customer_id: Id | null
  email: string
  email_key: string
  grants: unknown
  token_hash: Buffer
  invited_by: Id | null
  message: Generated<string>
  created_at: Generated<When>
  sent_at: Generated<When>
  expires_at: When
  accepted_at: OptionalWhen
  revoked_at: OptionalWhen
}

export type ApiKeyTable = {
  org_id: Id
  id: Id
  owner_id: Id
  kind: Generated<'key' | 'guest'>
  name: string
  hint: string
  token_hash: Buffer
  ceiling: unknown
  expires_at: OptionalWhen
  last_used_at: OptionalWhen
  last_used_from: string | null
  created_at: Generated<When>
  created_by: Id | null
}

type SessionColumns = {
  id: Id
  token_hash: Buffer
  created_at: Generated<When>
  last_seen_at: Generated<When>
  expires_at: When
  user_agent: Generated<string>
  address: Generated<string>
  current_team: Id | null
}
export type StaffSessionTable = SessionColumns & { account_id: Id; current_organization: Id | null }
export type ClientSessionTable = SessionColumns & { org_id: Id; client_user_id: Id }

export type AuditHeadTable = { org_id: Id; seq: string; hash: Buffer }
export type AuditEventTable = {
  org_id: Id
  seq: string
  at: string
  action: string
  actor_id: Id | null
  actor_realm: Realm | 'system'
  customer_id: Id | null
  zone_id: Id | null
  body: string
  hash: Buffer
}

export type RevocationTable = { org_id: Id; kind: string; id: string; at: Generated<When> }

export type IdempotentAnswerTable = {
  org_id: Id
  actor_id: Id
  key: string
  request_hash: Buffer
  status: number
  body: string
  created_at: Generated<When>
}

export type RateLimitTable = { key: string; points: number; expire: string | null }

export type Schema = AccessSchema &
  ZoneSchema & {
    instance: InstanceTable
    organization: OrganizationTable
    account: AccountTable
    customer: CustomerTable
    provider: ProviderTable
    portal: PortalTable
    subject: SubjectTable
    member: MemberTable
    client_user: ClientUserTable
    team: TeamTable
    team_member: TeamMemberTable
    access_grant: AccessGrantTable
    invitation: InvitationTable
    api_key: ApiKeyTable
    staff_session: StaffSessionTable
    client_session: ClientSessionTable
    audit_head: AuditHeadTable
    audit_event: AuditEventTable
    revocation: RevocationTable
    idempotent_answer: IdempotentAnswerTable
    rate_limit: RateLimitTable
  }
