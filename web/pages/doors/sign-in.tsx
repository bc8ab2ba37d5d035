import { useCall } from '../../api/use-call.ts'
import { DoorLayout } from '../../layouts/door-layout.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The staff's door. An instance that waits for its first administrator says where its link is. */
export function SignIn() {
  const setup = useCall('setup.read', {}, { staleTime: 60_000 })
  if (setup.data?.open) {
    return (
      <DoorLayout title="Nobody is here yet">
        <p>
          This instance waits for its first administrator. Open the one-time link that <code>npm start</code> printed in
          its terminal.
        </p>
      </DoorLayout>
    )
  }
  return (
    <DoorLayout
      title="Sign in"
      lead="For the staff of an organization."
      foot="Clients sign in at the portal whose address stood in their invitation."
    >
      <SignInForm />
    </DoorLayout>
  )
}
