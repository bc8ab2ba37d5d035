import { useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Empty, Failure } from '../../ui/states.tsx'

/** Signed in, and a member of no organization: or of some, and none is chosen. */
export function Homeless() {
  const { user, organizations } = useMe()
  return (
    <Page title={`Welcome, ${user.name}`} width="read">
      {organizations.length > 0 ? (
        <Choice organizations={organizations} />
      ) : (
        <Empty
          icon="customers"
          title="You belong to no organization"
          action={
            user.operator ? (
              <ButtonLink kind="primary" to={pathsFrom('').operator}>
                To the operator’s page
              </ButtonLink>
            ) : null
          }
        >
          Your account stands, but nothing is open to it. Somebody who manages the people of an organization can invite{' '}
          <span className="break-all">{user.email}</span>; the link in the invitation brings you in.
        </Empty>
      )}
    </Page>
  )
}

function Choice({ organizations }: { organizations: { id: string; name: string }[] }) {
  const send = useSend('sessions.organization.replace', { leaves: true })
  return (
    <Card title="Where do you want to go?" lead="You are a member of these.">
      <ul className="grid divide-y divide-line">
        {organizations.map(({ id, name }) => (
          <li key={id} className="flex items-center justify-between gap-3 py-2">
            <span className="font-medium">{name}</span>
            <Button
              aria-label={`Open ${name}`}
              busy={send.isPending && send.variables.body.organization_id === id}
              onClick={() =>
                send.mutate({ body: { organization_id: id } }, { onSuccess: () => window.location.assign('/') })
              }
            >
              Open
            </Button>
          </li>
        ))}
      </ul>
      {send.error ? <Failure fault={send.error} /> : null}
    </Card>
  )
}
