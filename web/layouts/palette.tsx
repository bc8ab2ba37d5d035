import { Dialog } from '@base-ui/react/dialog'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { useDeferredValue, useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { usePaths } from '../paths.ts'
import { signOut } from '../session/sign-out.ts'
import { writeTheme } from '../session/theme.ts'
import { holds, useMe } from '../session/use-me.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import type { Section } from './menus.ts'

type Deed = { label: string; icon: IconName; run: () => void }

/** Every place, every action and every zone, by typing. */
export function Palette({ sections, onClose }: { sections: Section[]; onClose: () => void }) {
  const [text, setText] = useState('')
  const navigate = useNavigate()
  const paths = usePaths()
  const go = (to: string) => () => void navigate({ to } as never)
  const finish = (deed: () => void) => () => {
    onClose()
    deed()
  }
  const zones = useZones(text)
  const places: Deed[] = sections.flatMap((section) =>
    section.places.map(({ label, to, icon }) => ({ label, icon, run: go(to) })),
  )
  return (
    <Dialog.Root open onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Popup className="fixed inset-x-3 top-[8dvh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-raised text-ink shadow-2xl outline-none">
          <Dialog.Title className="sr-only">Go to or do</Dialog.Title>
          <Command label="Go to or do" loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="A zone, a page, an action"
              className="w-full border-b border-line bg-transparent px-4 py-3 outline-none"
            />
            <Command.List className="max-h-[60dvh] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-center text-muted">Nothing of that name.</Command.Empty>
              <Group
                heading="Zones"
                deeds={zones.map(({ id, name }) => ({ label: name, icon: 'zones', run: go(paths.zone(id)) }))}
                finish={finish}
              />
              <Group heading="Places" deeds={places} finish={finish} />
              <Group heading="Actions" deeds={useActions(go)} finish={finish} />
            </Command.List>
          </Command>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({
  heading,
  deeds,
  finish,
}: {
  heading: string
  deeds: Deed[]
  finish: (deed: () => void) => () => void
}) {
  if (deeds.length === 0) return null
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-sm [&_[cmdk-group-heading]]:text-muted"
    >
      {deeds.map(({ label, icon, run }) => (
        <Command.Item
          key={label}
          value={`${heading} ${label}`}
          onSelect={finish(run)}
          className="flex cursor-default items-center gap-2.5 rounded-md px-3 py-2 data-[selected=true]:bg-hover"
        >
          <Icon name={icon} className="size-4 text-muted" />
          <span className="min-w-0 truncate">{label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function useZones(text: string) {
  const me = useMe()
  const q = useDeferredValue(text.trim())
  const query = q === '' ? { limit: 8 } : { limit: 8, q }
  return (
    useCall('zones.list', { query }, { enabled: holds(me, 'zones.view'), staleTime: 10_000, keepPrevious: true }).data
      ?.items ?? []
  )
}

function useActions(go: (to: string) => () => void): Deed[] {
  const me = useMe()
  const paths = usePaths()
  const all: (Deed & { needs?: string; staff?: boolean; changes?: boolean })[] = [
    { label: 'Import zone files', icon: 'upload', run: go(paths.zoneImport), needs: 'zones.create', staff: true },
    { label: 'Make a role', icon: 'person', run: go(paths.roles), needs: 'roles.manage', staff: true },
    { label: 'Invite somebody', icon: 'mail', run: go(paths.invitations), needs: 'client_users.manage', staff: true },
    { label: 'Make an API key', icon: 'key', run: go(paths.keys), needs: 'api_keys.create' },
    { label: 'Change your password', icon: 'lock', run: go(paths.profile) },
    { label: 'Theme: light', icon: 'settings', run: () => writeTheme('light') },
    { label: 'Theme: dark', icon: 'settings', run: () => writeTheme('dark') },
    { label: 'Theme: as the system', icon: 'settings', run: () => writeTheme('system') },
    { label: 'Sign out', icon: 'out', run: () => void signOut(), changes: true },
  ]
  return all.filter(
    ({ needs, staff, changes }) =>
      (!needs || holds(me, needs)) && (!staff || me.realm === 'staff') && !(changes && me.view_as !== null),
  )
}
