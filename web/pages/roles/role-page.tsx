import { useParams } from '@tanstack/react-router'
import { useCall } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { type Kinds, PermissionChecklist, usePermissionsAt } from '../../people/permission-checklist.tsx'
import { holds, useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Card, Facts, Page } from '../../ui/page.tsx'
import { Loaded } from '../../ui/states.tsx'
import { nameOfRoleSet } from '../../words/role-sets.ts'
import { count } from '../../words/times.ts'
import { DeleteRole } from './delete-role.tsx'
import { NewRole } from './new-role.tsx'
import { RoleEditor } from './role-editor.tsx'
import { kindName, type RoleDetail, tellRealms, tellUses } from './role-words.ts'

const paths = pathsFrom('')

/** One role: what it may do, where it is used, and for an own one the editor. */
export function RolePage() {
  const { roleId = '' } = useParams({ strict: false }) as { roleId?: string }
  const me = useMe()
  const role = useCall('roles.read', { params: { role_id: roleId } })
  const manages = holds(me, 'roles.manage')
  const data = role.data
  const own = data?.based_on != null
  return (
    <Page
      title={data?.name ?? 'Role'}
      lead={data?.description || undefined}
      badges={data ? <Badge>{own ? 'Your own' : 'Built in'}</Badge> : null}
      crumbs={[
        { label: 'Access', to: paths.access },
        { label: 'Roles', to: paths.roles },
      ]}
      actions={
        data && manages ? (
          <>
            {own ? <DeleteRole role={data} /> : null}
            <NewRole key={data.id} from={data} />
          </>
        ) : null
      }
    >
      <Loaded query={role}>
        {(detail) => (
          <>
            <Card title="About this role">
              <About role={detail} />
            </Card>
            {own && manages ? <RoleEditor key={detail.id} role={detail} /> : <WhatItMayDo role={detail} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

function WhatItMayDo({ role }: { role: RoleDetail }) {
  const permissions = usePermissionsAt(role.scope_kind as Kinds)
  return (
    <section aria-label="What it may do" className="grid gap-2">
      <h2 className="font-semibold">What it may do: {count(role.permissions.length, 'permission')}</h2>
      <PermissionChecklist permissions={permissions} chosen={role.permissions} onChange={null} />
    </section>
  )
}

function About({ role }: { role: RoleDetail }) {
  const roles = useCall('roles.list', {}, { staleTime: 30_000 })
  const { based_on, added, removed } = role
  const original = roles.data?.items.find(({ id }) => id === based_on)
  return (
    <Facts
      facts={[
        ['Given on', kindName(role.scope_kind)],
        ['Can be given to', tellRealms(role.realms)],
        based_on === null
          ? ['Belongs to', nameOfRoleSet(role.set)]
          : [
              'Copied from',
              <span key="original">
                <TextLink to={paths.role(based_on)} className="underline">
                  {original?.name ?? based_on}
                </TextLink>
                <span className="text-muted">
                  {' '}
                  {added.length + removed.length === 0
                    ? 'without a difference'
                    : `with ${added.length} added and ${removed.length} removed`}
                </span>
              </span>,
            ],
        ...(role.interface_only ? ([['Works', 'in the browser only, never by API']] as [string, string][]) : []),
        ...(role.grants === null ? [] : ([['Used by', tellUses(role) ?? 'nobody yet']] as [string, string][])),
      ]}
    />
  )
}
