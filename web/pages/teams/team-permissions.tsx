import { pathsFrom, usePaths } from '../../paths.ts'
import { type Me, useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { type Column, Table } from '../../ui/table.tsx'

type Grant = Me['grants'][number]

/** Team menu > Permissions: what the team has that one works for now, and where it can be passed on. */
export function TeamPermissions() {
  const me = useMe()
  const paths = usePaths()
  const team = me.teams.find(({ id }) => id === me.current_team_id) ?? me.teams.find(({ personal }) => personal)
  const grants = me.grants.filter(({ via }) => via === (team === undefined || team.personal ? null : team.name))
  if (!me.team_features) {
    return (
      <Page title="Permissions" width="read">
        <Empty
          icon="people"
          title="Team features are off"
          action={
            <ButtonLink kind="primary" to={paths.profile}>
              To your profile
            </ButtonLink>
          }
        >
          Switch them on in your profile to pass permissions on to other people and teams.
        </Empty>
      </Page>
    )
  }
  const columns: Column<Grant>[] = [
    { header: 'On', role: 'title', cell: (grant) => <PlaceLink scope={grant.scope} /> },
    { header: 'Kind', cell: ({ scope }) => kindWords[scope.kind] },
    { header: 'Role', cell: ({ role }) => <Badge>{role}</Badge> },
  ]
  return (
    <Page
      title={team && !team.personal ? `Permissions of ${team.name}` : 'Your permissions'}
      lead="What the team has that you work for now. Open a customer or a hosting to see everybody who has access to it, and to pass access on where you are admin."
    >
      {grants.length > 0 ? (
        <Table
          label="Permissions"
          rows={grants}
          columns={columns}
          keyOf={({ role_id, scope, via }) => `${role_id} ${scope.id} ${via ?? ''}`}
        />
      ) : (
        <Empty icon="access" title="This team was given nothing yet">
          A customer that you make while you work for it belongs to it.
        </Empty>
      )}
    </Page>
  )
}

const kindWords: Record<Grant['scope']['kind'], string> = {
  organization: 'Organization',
  customer: 'Customer',
  provider: 'Provider',
  zone: 'Zone',
  hosting: 'Hosting',
}

/** The page of a place, as far as the reader's layout has one. */
function PlaceLink({ scope }: { scope: Grant['scope'] }) {
  const me = useMe()
  const paths = usePaths()
  const staff = pathsFrom('')
  const to =
    scope.kind === 'hosting'
      ? paths.hosting(scope.id)
      : scope.kind === 'zone'
        ? paths.zone(scope.id)
        : me.realm === 'client'
          ? scope.kind === 'customer'
            ? paths.people
            : undefined
          : { customer: staff.customer(scope.id), provider: staff.provider(scope.id), organization: staff.access }[
              scope.kind
            ]
  return to ? <TextLink to={to}>{scope.name}</TextLink> : scope.name
}
