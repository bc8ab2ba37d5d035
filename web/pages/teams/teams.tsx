import { useId, useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { usePages, useSend } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { Form } from '../../forms/form.tsx'
import { pathsFrom } from '../../paths.ts'
import { holds, useMe } from '../../session/use-me.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { TeamCard } from './team-card.tsx'

/** Settings > Teams: people who are granted things together. In the menu of who has team features on. */
export function Teams() {
  const me = useMe()
  const manages = holds(me, 'teams.manage')
  const organization = { kind: 'organization', id: me.organization?.id ?? '' } as const
  return (
    <Page
      title="Teams"
      lead="A team is given a role once, and everybody in it has it, from the day they join to the day they leave."
      crumbs={[{ label: 'Settings', to: pathsFrom('').team }]}
      actions={
        me.team_features ? (
          <Guarded can={{ 'teams.manage': manages }} permission="teams.manage" resource={organization}>
            {(refusal) => <NewTeam refusal={refusal} />}
          </Guarded>
        ) : null
      }
    >
      {me.team_features ? <TeamList manages={manages} /> : <FeaturesOff />}
    </Page>
  )
}

function TeamList({ manages }: { manages: boolean }) {
  const teams = usePages('teams.list', { query: {} })
  return (
    <Loaded query={teams}>
      {() =>
        teams.items.length > 0 ? (
          <>
            <div className="grid items-start gap-3 md:grid-cols-2">
              {teams.items.map((team) => (
                <TeamCard key={team.id} team={team} manages={manages} />
              ))}
            </div>
            {teams.hasNextPage ? (
              <Button
                kind="quiet"
                icon="down"
                busy={teams.isFetchingNextPage}
                onClick={() => void teams.fetchNextPage()}
              >
                Show more
              </Button>
            ) : null}
          </>
        ) : (
          <Empty icon="people" title="No shared teams yet">
            Everybody has a personal team already, which is nobody but them.
            {manages ? ' Make the first that is shared with “New team”.' : null}
          </Empty>
        )
      }
    </Loaded>
  )
}

function FeaturesOff() {
  return (
    <Empty
      icon="people"
      title="Team features are off"
      action={<ButtonLink to={pathsFrom('').profile}>To your profile</ButtonLink>}
    >
      Switch them on in your profile to work with teams.
    </Empty>
  )
}

function NewTeam({ refusal }: { refusal: string | null }) {
  const [open, setOpen] = useState(false)
  const form = useId()
  const send = useSend('teams.create')
  const done = ({ name }: { name: string }) => {
    notify(`The team ${name} was made`)
    setOpen(false)
  }
  const submit = ({ name = '', realm = 'staff' }) =>
    send.mutate({ body: { name, realm: realm === 'client' ? 'client' : 'staff' } }, { onSuccess: done })
  return (
    <>
      <Button kind="primary" icon="plus" refusal={refusal} onClick={() => setOpen(true)}>
        New team
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New team"
        actions={
          <Button type="submit" form={form} kind="primary" busy={send.isPending}>
            Make the team
          </Button>
        }
      >
        <Form id={form} onSubmit={submit} fault={send.error} fields={['name', 'realm']}>
          <TextField label="Name" name="name" required error={fieldError(send.error, 'name')} />
          <SelectField label="Of whom" name="realm" error={fieldError(send.error, 'realm')}>
            <option value="staff">Staff</option>
            <option value="client">Client accounts</option>
          </SelectField>
        </Form>
      </Dialog>
    </>
  )
}
