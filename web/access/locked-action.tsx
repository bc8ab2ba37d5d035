import { useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import type { IconName } from '../ui/icons.tsx'
import { Guarded } from './guarded.tsx'

type LockedActionProps = { permission: string; label: string; icon?: IconName }

/** The main button of a page, for who may not use it anywhere: it says why, who can give it, and offers to ask. */
export function LockedAction({ permission, label, icon = 'plus' }: LockedActionProps) {
  const { organization, customer, realm } = useMe()
  const home = realm === 'client' && customer ? customer.id : undefined
  if (!organization) return null
  const resource = home
    ? { kind: 'customer' as const, id: home }
    : { kind: 'organization' as const, id: organization.id }
  return (
    <Guarded can={{}} permission={permission} resource={resource}>
      {(refusal) => (
        <Button icon={icon} refusal={refusal}>
          {label}
        </Button>
      )}
    </Guarded>
  )
}
