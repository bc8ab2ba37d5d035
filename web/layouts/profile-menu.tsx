import { usePaths } from '../paths.ts'
import { signOut } from '../session/sign-out.ts'
import { useMe } from '../session/use-me.ts'
import { Icon } from '../ui/icons.tsx'
import { Link } from '../ui/link.tsx'
import { BarMenu, barItem } from './bar-menu.tsx'

export function ProfileMenu() {
  const me = useMe()
  const paths = usePaths()
  return (
    <BarMenu
      label="Profile"
      side="right"
      className="px-2"
      button={
        <>
          <span className="grid size-7 place-items-center rounded-full bg-accent-soft text-accent">
            <Icon name="person" />
          </span>
          <Icon name="down" className="size-3.5 text-muted" />
        </>
      }
      head={
        <>
          <p className="font-medium">{me.user.name}</p>
          <p className="text-sm break-all text-muted">{me.user.email}</p>
        </>
      }
    >
      {(close) => (
        <>
          <Link role="menuitem" to={paths.profile} onClick={close} className={barItem}>
            <Icon name="settings" />
            Your profile
          </Link>
          {me.view_as ? null : (
            <button type="button" role="menuitem" className={barItem} onClick={() => void signOut()}>
              <Icon name="out" />
              Sign out
            </button>
          )}
        </>
      )}
    </BarMenu>
  )
}
