import { Guarded } from '../../access/guarded.tsx'
import type { Role } from '../../access/place.ts'
import { useCall } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useAddress } from '../../session/use-address.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchBox } from '../../ui/search-box.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { nameOfRoleSet } from '../../words/role-sets.ts'
import { NewRole } from './new-role.tsx'
import { kindName, tellRealms } from './role-words.ts'

const paths = pathsFrom('')

const columns: Column<Role>[] = [
  {
    header: 'Role',
    role: 'title',
    cell: ({ id, name }) => <TextLink to={paths.role(id)}>{name}</TextLink>,
  },
  {
    header: 'What it is for',
    cell: ({ description, sentence }) => <Short text={description || sentence} />,
    wide: true,
  },
  { header: 'Given on', cell: ({ scope_kind }) => <span className="whitespace-nowrap">{kindName(scope_kind)}</span> },
  { header: 'To', cell: ({ realms }) => <span className="whitespace-nowrap">{tellRealms(realms)}</span> },
  { header: 'Permissions', role: 'number', cell: ({ permissions }) => permissions.length },
]

/** Every role that can be given here: the organization's own, then the sets, the one in use first. */
export function RoleList() {
  const me = useMe()
  const organization = { kind: 'organization', id: me.organization?.id ?? '' } as const
  const [{ q = '' }, change] = useAddress()
  const roles = useCall('roles.list', {})
  return (
    <Page
      title="Roles"
      lead="What somebody may do, by name. Built-in roles stay as they are; copy one to make your own."
      crumbs={[{ label: 'Access', to: paths.access }]}
      actions={
        <Guarded can={{ 'roles.manage': holds(me, 'roles.manage') }} permission="roles.manage" resource={organization}>
          {(refusal) => <NewRole refusal={refusal} />}
        </Guarded>
      }
    >
      <SearchBox label="Search roles" value={q} onChange={(text) => change({ q: text })} />
      <Loaded query={roles}>
        {({ items }) => {
          const fitting = items.filter(({ name, description, sentence }) =>
            `${name} ${description} ${sentence}`.toLowerCase().includes(q.toLowerCase()),
          )
          return fitting.length > 0 ? (
            setsOf(fitting).map((set) => (
              <RoleSet key={set} set={set} roles={fitting.filter((role) => role.set === set)} />
            ))
          ) : (
            <Empty icon="search" title="No role fits" />
          )
        }}
      </Loaded>
    </Page>
  )
}

function RoleSet({ set, roles }: { set: string; roles: Role[] }) {
  return (
    <section className="grid gap-2">
      <h2 className="flex flex-wrap items-center gap-2 font-semibold">
        {set === 'custom' ? 'Roles of your own' : nameOfRoleSet(set)}
        {set !== 'custom' && roles.some(({ primary }) => primary) ? <Badge tone="accent">Your set</Badge> : null}
      </h2>
      <Table
        label={set === 'custom' ? 'Roles of your own' : nameOfRoleSet(set)}
        rows={roles}
        columns={columns}
        keyOf={({ id }) => id}
      />
    </section>
  )
}

/** One's own first, then the organization's set, then the others in their order. */
function setsOf(roles: Role[]): string[] {
  const sets = [...new Set(roles.map(({ set }) => set))]
  const weight = (set: string) =>
    set === 'custom' ? 0 : roles.some((role) => role.set === set && role.primary) ? 1 : 2
  return sets.sort((a, b) => weight(a) - weight(b))
}

/** The whole of it stands on the role's page. */
function Short({ text }: { text: string }) {
  return (
    <span title={text} className="line-clamp-2 text-muted">
      {text}
    </span>
  )
}
