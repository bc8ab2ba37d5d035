import { usePaths } from '../paths.ts'
import { signOut } from '../session/sign-out.ts'
import { useMe } from '../session/use-me.ts'
import { Icon } from '../ui/icons.tsx'
import { Menu } from '../ui/menu.tsx'

export function ProfileMenu() {
  const me = useMe()
  const paths = usePaths()
  return (
    <Menu
      label="Profile"
      trigger={
        <button
          type="button"
          aria-label="Profile"
          className="flex min-h-9 items-center gap-2 rounded-md px-2 hover:bg-hover"
        >
          <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-accent">
            <Icon name="person" />
          </span>
          <Icon name="down" className="size-3.5 text-muted" />
        </button>
      }
      head={
        <>
          <p className="font-medium">{me.user.name}</p>
          <p className="text-sm break-all text-muted">{me.user.email}</p>
        </>
      }
      entries={[
        { label: 'Your profile', icon: 'people', to: paths.profile },
        { label: 'Sign out', icon: 'out', onSelect: () => void signOut() },
      ]}
    />
  )
}
