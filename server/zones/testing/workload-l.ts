import { createHash } from 'node:crypto'

// Workload L, for lists and for "who": one organization, a million zones and a million grants, laid down in SQL. Every id
// and every choice comes from a hash of its number, so that each run lays down the same.

export type WorkloadL = {
  org: string
  zones: number
  /** Subjects with a shape of their own, beside the many. */
  subjects: Record<
    'administrator' | 'ordinary' | 'tenThousandZones' | 'oneZone' | 'thousandCustomers' | 'hundredThousandZones',
    string
  >
}

export type SizesL = {
  zones: number
  grants: number
  users: number
  teams: number
  customers: number
  providers: number
}

export const fullSize: SizesL = {
  zones: 1_000_000,
  grants: 1_000_000,
  users: 50_000,
  teams: 5_000,
  customers: 20_000,
  providers: 200,
}

type Run = (sql: string) => Promise<unknown>

const idOf = (kind: string, number: string) => `md5('${kind}' || (${number}))::uuid`
/** A number below `count` that depends on the seed and the row only. */
const pick = (seed: string, row: string, count: number) =>
  `(abs(hashtextextended('${seed}' || (${row}), 0)::numeric) % ${count})::int`

/**
 * Lays the workload down. 70 % of the grants are held by users, the others by teams; 75 % are on zones, 23 % on
 * customers, 2 % on providers; 2 % have ended. `run` needs a superuser: foreign keys are not checked row by row.
 */
export async function layDownWorkloadL(run: Run, sizes: SizesL = fullSize): Promise<WorkloadL> {
  const org = '01890000-0000-7000-8000-00000000000a'
  const { zones, users, teams, customers, providers } = sizes
  const series = (count: number) => `generate_series(1, ${count}) as i`
  const statements = [
    `insert into organization (id, name, slug) values ('${org}', 'Workload L', 'workload-l')`,
    `insert into customer (org_id, id, name) select '${org}', ${idOf('customer', 'i')}, 'Customer ' || i from ${series(customers)}`,
    `insert into provider (org_id, id, name) select '${org}', ${idOf('provider', 'i')}, 'Provider ' || i from ${series(providers)}`,
    `insert into subject (org_id, id, kind, realm) select '${org}', ${idOf('user', 'i')}, 'member', 'staff' from ${series(users)}`,
    `insert into subject (org_id, id, kind, realm) select '${org}', ${idOf('team', 'i')}, 'team', 'staff' from ${series(teams)}`,
    `insert into team_member (org_id, team_id, user_id)
       select '${org}', ${idOf('team', `(i - 1) % ${teams} + 1`)}, ${idOf('user', 'i')} from ${series(users)}`,
    zoneRows(org, sizes),
    ...specialGrants(org, sizes),
    ...people(org),
    grantRows(org, sizes),
  ]
  for (const statement of statements) await run(`set session_replication_role = replica; ${statement}`)
  await run('vacuum (analyze) zone')
  await run('analyze')
  const special = (name: string) => uuidOf(`special ${name}`)
  return {
    org,
    zones,
    subjects: {
      administrator: special('administrator'),
      ordinary: special('ordinary'),
      tenThousandZones: special('ten'),
      oneZone: special('one'),
      thousandCustomers: special('customers'),
      hundredThousandZones: special('hundred'),
    },
  }
}

/** Accounts and memberships, so that those who hold grants have names. */
function people(org: string): string[] {
  return [
    `insert into account (id, email, email_key, name, password_hash)
       select id, id || '@people.example', id || '@people.example', 'Person ' || left(id::text, 8), '' from subject where kind = 'member'`,
    `insert into member (org_id, id, account_id) select '${org}', id, id from subject where kind = 'member'`,
  ]
}

function zoneRows(org: string, { zones, customers, providers }: SizesL): string {
  return `insert into zone (org_id, id, provider_id, customer_id, name, name_key, sort_key, serial, served)
    select '${org}', ${idOf('zone', 'i')}, ${idOf('provider', `${pick('p', 'i', providers)} + 1`)},
      ${idOf('customer', `${pick('c', 'i', customers)} + 1`)}, name, name,
      '\\x6578616d706c6500'::bytea || convert_to(label, 'UTF8') || '\\x00'::bytea, 1, false
    from (select i, label, label || '.example.' as name
      from (select i, left(md5('label' || i), 14) as label from generate_series(1, ${zones}) as i) as labels) as named`
}

/** Five special subjects, and an ordinary one with some customers and some zones. */
function specialGrants(org: string, { zones, customers }: SizesL): string[] {
  const share = (count: number, of: number) => Math.min(count, of)
  const holder = (name: string) => `'${uuidOf(`special ${name}`)}'::uuid`
  const place = (kind: 'zone' | 'customer', count: number, of: number) =>
    idOf(kind, `(i * ${Math.max(1, Math.floor(of / share(count, of)))}) % ${of} + 1`)
  const grant = (name: string, role: string, kind: 'zone' | 'customer', count: number, of: number) =>
    `insert into access_grant (org_id, id, subject_id, role_id, ${kind}_id)
       select '${org}', ${idOf(`grant ${name} ${kind}`, 'i')}, ${holder(name)}, '${role}', ${place(kind, count, of)}
       from generate_series(1, ${share(count, of)}) as i on conflict do nothing`
  return [
    ...['administrator', 'ordinary', 'ten', 'one', 'customers', 'hundred'].map(
      (name) => `insert into subject (org_id, id, kind, realm) values ('${org}', ${holder(name)}, 'member', 'staff')`,
    ),
    `insert into access_grant (org_id, id, subject_id, role_id)
       values ('${org}', '${uuidOf('grant administrator')}', ${holder('administrator')}, 'zones.admin')`,
    grant('ordinary', 'hosting.domain', 'customer', 5, customers),
    grant('ordinary', 'zones.read_write', 'zone', 15, zones),
    grant('one', 'zones.read_only', 'zone', 1, zones),
    grant('ten', 'zones.read_only', 'zone', 10_000, zones),
    grant('hundred', 'zones.read_only', 'zone', 100_000, zones),
    grant('customers', 'hosting.domain', 'customer', 1_000, customers),
  ]
}

function grantRows(org: string, sizes: SizesL): string {
  const { zones, users, teams, customers, providers } = sizes
  const rest = Math.max(0, sizes.grants - 111_000)
  const of = (kind: string, count: number) => idOf(kind, `${pick(kind, 'i', count)} + 1`)
  return `insert into access_grant (org_id, id, subject_id, role_id, zone_id, customer_id, provider_id, starts_at, ends_at)
    select '${org}', ${idOf('grant', 'i')},
      case when i % 10 < 7 then ${of('user', users)} else ${of('team', teams)} end,
      case when i % 100 < 75 then 'zones.read_write' when i % 100 < 98 then 'hosting.domain' else 'monitoring.client' end,
      case when i % 100 < 75 then ${of('zone', zones)} end,
      case when i % 100 >= 75 and i % 100 < 98 then ${of('customer', customers)} end,
      case when i % 100 >= 98 then ${of('provider', providers)} end,
      case when i % 50 = 7 then now() - interval '2 days' end, case when i % 50 = 7 then now() - interval '1 day' end
    from generate_series(1, ${rest}) as i on conflict do nothing`
}

/** The same as md5('…')::uuid in PostgreSQL. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
