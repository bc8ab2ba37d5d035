import { useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useSend } from '../api/use-call.ts'
import { usePaths } from '../paths.ts'
import { useMe } from '../session/use-me.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import { Menu, type MenuEntry } from '../ui/menu.tsx'
import { notify } from '../ui/toast.tsx'

/** Which organization, and as which team; each shown only where there is a choice. */
export function Switchers() {
  const me = useMe()
  return (
    <>
      {me.organizations.length > 1 ? <OrganizationSwitcher /> : null}
      {me.team_features ? <TeamSwitcher /> : null}
    </>
  )
}

function OrganizationSwitcher() {
  const { organization, organizations } = useMe()
  const send = useSend('sessions.organization.replace', { leaves: true })
  const go = (id: string) =>
    send.mutate(
      { body: { organization_id: id } },
      // Everything of the old organization is forgotten with the page.
      { onSuccess: () => window.location.assign('/'), onError: (fault) => notify(fault.message, true) },
    )
  const entries: MenuEntry[] = organizations.map(({ id, name }) => ({
    label: name,
    icon: id === organization?.id ? 'check' : 'customers',
    onSelect: () => (id === organization?.id ? undefined : go(id)),
  }))
  return (
    <Menu
      label="Organization"
      entries={entries}
      trigger={<Trigger icon="customers" label="Organization" value={organization?.name ?? 'Choose'} />}
    />
  )
}

function TeamSwitcher() {
  const me = useMe()
  const paths = usePaths()
  const navigate = useNavigate()
  const send = useSend('me.update')
  const current = me.teams.find(({ id }) => id === me.current_team_id) ?? me.teams.find(({ personal }) => personal)
  const choose = (id: string, name: string) =>
    send.mutate(
      { body: { current_team_id: id } },
      { onSuccess: () => notify(`You work for ${name} now`), onError: (fault) => notify(fault.message, true) },
    )
  const entries: MenuEntry[] = [
    ...me.teams.map(
      ({ id, name, personal }): MenuEntry => ({
        label: personal ? `${name} (personal)` : name,
        icon: id === current?.id ? 'check' : personal ? 'person' : 'people',
        onSelect: () => (id === current?.id ? undefined : choose(id, name)),
      }),
    ),
    'line',
    { label: 'Permissions', icon: 'access', onSelect: () => void navigate({ to: paths.permissions } as never) },
  ]
  return (
    <Menu
      label="Team"
      entries={entries}
      trigger={<Trigger icon="people" label="Team" value={current?.name ?? 'Personal'} />}
    />
  )
}

type TriggerProps = { icon: IconName; label: string; value: string }

/** The button of a switcher; the menu hands its own props and ref over. */
function Trigger({ icon, label, value, ...rest }: TriggerProps): ReactElement {
  return (
    <button
      type="button"
      {...rest}
      aria-label={`${label}: ${value}`}
      className="flex min-h-9 min-w-0 items-center gap-2 rounded-md border border-line px-2.5 hover:bg-hover"
    >
      <Icon name={icon} className="size-4 text-muted" />
      <span className="max-w-40 min-w-0 truncate">{value}</span>
      <Icon name="down" className="size-3.5 text-muted" />
    </button>
  )
}
