import type { AnswerOf } from '@zoneward/api/types'
import { useSend } from '../../api/use-call.ts'
import { Check } from '../../ui/field.tsx'
import { Card } from '../../ui/page.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'

type Instance = AnswerOf<'operator.read'>

const modes: { id: Instance['sign_up']; name: string; sentence: string }[] = [
  { id: 'closed', name: 'Closed', sentence: 'Only you make organizations, here or on the command line.' },
  { id: 'invited', name: 'By invitation', sentence: 'Whoever you invite makes an organization of their own.' },
  { id: 'open', name: 'Open', sentence: 'Everybody who reaches this server can make an organization.' },
]

/** Who may make an organization on this server. */
export function SignUp({ instance }: { instance: Instance }) {
  const send = useSend('operator.update')
  const chosen = (send.isPending && send.variables.body?.sign_up) || instance.sign_up
  return (
    <Card title="New organizations" lead="In force at once.">
      <fieldset>
        <legend className="sr-only">Who may make an organization</legend>
        {modes.map(({ id, name, sentence }) => (
          <Check
            key={id}
            radio
            name="sign_up"
            label={name}
            hint={sentence}
            checked={chosen === id}
            onChange={() =>
              send.mutate({ body: { sign_up: id } }, { onSuccess: () => notify(`New organizations: ${name}`) })
            }
          />
        ))}
      </fieldset>
      {send.error ? <Failure fault={send.error} /> : null}
    </Card>
  )
}
