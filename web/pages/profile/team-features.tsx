import { useSend } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'

/** The switch for team features: off, nothing else in the product speaks of teams. */
export function TeamFeatures() {
  const me = useMe()
  const paths = usePaths()
  const send = useSend('me.update')
  const on = me.team_features
  const turn = () =>
    send.mutate(
      { body: { team_features: !on } },
      { onSuccess: () => notify(on ? 'Team features are off' : 'Team features are on') },
    )
  return (
    <Card
      title="Team features"
      lead="Only for you; nobody else’s pages change."
      actions={<Badge tone={on ? 'good' : 'neutral'}>{on ? 'On' : 'Off'}</Badge>}
    >
      <div className="grid gap-3">
        <p>
          Everything that you are given belongs to your personal team, which is you alone. With team features on you can
          also work for a team that you share with others, and pass access on to people and teams where you are admin.
        </p>
        <ul className="list-disc pl-5 text-muted">
          <li>On top of each page you choose the team that you work for; a customer that you make belongs to it.</li>
          <li>
            In the same menu is <em>Permissions</em>: what the team has, and where you can pass it on.
          </li>
          <li>The Permissions card of a customer or a hosting can be changed there.</li>
        </ul>
        {on ? (
          <p>
            See{' '}
            <TextLink to={paths.permissions} className="underline">
              the permissions of your team
            </TextLink>
            .
          </p>
        ) : null}
        {send.error ? <Failure fault={send.error} /> : null}
        <div>
          <Button kind={on ? 'plain' : 'primary'} writes busy={send.isPending} onClick={turn}>
            {on ? 'Switch team features off' : 'Switch team features on'}
          </Button>
        </div>
      </div>
    </Card>
  )
}
