import { portalOf } from '../../api/call.ts'
import { useCall } from '../../api/use-call.ts'
import { DoorLayout } from '../../layouts/door-layout.tsx'
import { ContactLines } from '../../ui/contact.tsx'
import { Loaded } from '../../ui/states.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The clients' door: whose portal this is, who stands behind it, and how to reach them. */
export function PortalSignIn() {
  const slug = portalOf(window.location.pathname) ?? ''
  const portal = useCall('portals.read', { params: { slug } }, { staleTime: 60_000 })
  return (
    <DoorLayout
      title={portal.data ? `Sign in to ${portal.data.title}` : 'Sign in'}
      lead={portal.data ? `Your DNS, looked after by ${portal.data.organization}.` : undefined}
      foot={portal.data ? <ContactLines organization={portal.data.organization} contact={portal.data.contact} /> : null}
    >
      <Loaded query={portal} lines={4}>
        {() => <SignInForm portal={slug} />}
      </Loaded>
    </DoorLayout>
  )
}
