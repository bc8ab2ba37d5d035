import type { ReactNode } from 'react'
import { useSend } from '../api/use-call.ts'
import { usePaths } from '../paths.ts'
import { useMe } from '../session/use-me.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import { Link } from '../ui/link.tsx'
import { notify } from '../ui/toast.tsx'
import { BarMenu, barItem } from './bar-menu.tsx'

/** Which organization, and as which team; each shown only where there is a choice. */
export function Switchers() {
  const me = useMe()
  // Whoever looks as somebody else chooses nothing for them.
  if (me.view_as) return null
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
  return (
    <Switcher icon="customers" label="Organization" value={organization?.name ?? 'Choose'}>
      {(close) =>
        organizations.map(({ id, name }) => (
          <Choice
            key={id}
            label={name}
            chosen={id === organization?.id}
            onChoose={() => {
              close()
              if (id !== organization?.id) go(id)
            }}
          />
        ))
      }
    </Switcher>
  )
}

function TeamSwitcher() {
  const me = useMe()
  const paths = usePaths()
  const send = useSend('me.update')
  const current = me.teams.find(({ id }) => id === me.current_team_id) ?? me.teams.find(({ personal }) => personal)
  const choose = (id: string, name: string) =>
    send.mutate(
      { body: { current_team_id: id } },
      { onSuccess: () => notify(`You work for ${name} now`), onError: (fault) => notify(fault.message, true) },
    )
  return (
    <Switcher icon="people" label="Team" value={current?.name ?? 'Personal'}>
      {(close) => (
        <>
          {me.teams.map(({ id, name, personal }) => (
            <Choice
              key={id}
              label={personal ? `${name} (personal)` : name}
              chosen={id === current?.id}
              onChoose={() => {
                close()
                if (id !== current?.id) choose(id, name)
              }}
            />
          ))}
          <hr className="my-1 border-line" />
          <Link role="menuitem" to={paths.permissions} onClick={close} className={barItem}>
            <Icon name="access" />
            Permissions
          </Link>
        </>
      )}
    </Switcher>
  )
}

type SwitcherProps = {
  icon: IconName
  label: string
  value: string
  children: (close: () => void) => ReactNode
}

function Switcher({ icon, label, value, children }: SwitcherProps) {
  return (
    <BarMenu
      label={label}
      value={value}
      side="left"
      className="border border-line px-2.5"
      button={
        <>
          <Icon name={icon} className="size-4 text-muted" />
          <span className="max-w-40 min-w-0 truncate">{value}</span>
          <Icon name="down" className="size-3.5 text-muted" />
        </>
      }
    >
      {children}
    </BarMenu>
  )
}

function Choice({ label, chosen, onChoose }: { label: string; chosen: boolean; onChoose: () => void }) {
  return (
    <button type="button" role="menuitemradio" aria-checked={chosen} className={barItem} onClick={onChoose}>
      <Icon name="check" className={`size-4 ${chosen ? 'text-accent' : 'opacity-0'}`} />
      <span className="min-w-0 truncate">{label}</span>
    </button>
  )
}
