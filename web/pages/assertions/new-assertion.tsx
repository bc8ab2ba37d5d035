import { useState } from 'react'
import { RoleOptions } from '../../access/role-field.tsx'
import { SubjectField } from '../../access/subject-field.tsx'
import { ThingField } from '../../access/thing-field.tsx'
import { PermissionField } from '../../access/try-it.tsx'
import { useCall, useSend } from '../../api/use-call.ts'
import { isToldByFields } from '../../forms/fault-fields.ts'
import { useMe } from '../../session/use-me.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Failure } from '../../ui/states.tsx'
import { notify } from '../../ui/toast.tsx'
import { type RuleWish, ruleOf, tellRule } from '../../words/assertions.ts'
import { RuleCheck } from './rule-check.tsx'

/** Puts a sentence together from its parts, and says at once whether it holds now. */
export function NewAssertion({ onClose }: { onClose: () => void }) {
  const { organization } = useMe()
  const [wish, setWish] = useState<RuleWish>({
    who: 'client',
    subject: null,
    roleId: '',
    permission: 'zones.delete',
    at: { kind: 'organization', id: organization?.id ?? '', name: organization?.name ?? '' },
    record: '',
    except: [],
    sentence: '',
  })
  const [broken, setBroken] = useState(false)
  const send = useSend('assertions.create')
  const told = useSentence(wish)
  const rule = ruleOf(wish, told)
  const set = (patch: Partial<RuleWish>) => setWish((was) => ({ ...was, ...patch }))
  const save = () => {
    if (!rule) return
    const done = () => {
      notify('Every change of access is checked against it from now on')
      onClose()
    }
    send.mutate({ body: rule }, { onSuccess: done })
  }
  const lacks =
    rule === null ? 'Something is still missing.' : broken ? 'It does not hold now: see who breaks it.' : null
  return (
    <Dialog
      open
      onClose={onClose}
      shape="wide"
      title="New assertion"
      description="A change of access that would break it is refused."
      actions={
        <Button kind="primary" busy={send.isPending} refusal={lacks} onClick={save}>
          Keep it
        </Button>
      }
    >
      <div className="grid gap-5 md:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <RuleFields wish={wish} set={set} />
        <div className="grid content-start gap-3">
          <p className="font-medium text-balance">{wish.sentence.trim() || told}</p>
          <RuleCheck rule={rule} onBroken={setBroken} />
          {send.error && !isToldByFields(send.error, []) ? <Failure fault={send.error} /> : null}
        </div>
      </div>
    </Dialog>
  )
}

type FieldsProps = { wish: RuleWish; set: (patch: Partial<RuleWish>) => void }

function RuleFields({ wish, set }: FieldsProps) {
  const aboutRecords = /^(records|changes)\./.test(wish.permission)
  return (
    <div className="grid content-start gap-4">
      <Who wish={wish} set={set} />
      <PermissionField
        label="Must never be able to"
        kind={wish.at.kind}
        value={wish.permission}
        onChange={(permission) => set({ permission, record: '' })}
      />
      <ThingField label="On" value={wish.at} onChange={(at) => set({ at })} />
      {aboutRecords ? (
        <TextField
          label="Only on these records"
          mono
          placeholder="**.example.com (NS)"
          hint="A name, with types in brackets. Empty: on every record."
          value={wish.record}
          onChange={(event) => set({ record: event.target.value })}
        />
      ) : null}
      <Except wish={wish} set={set} />
      <TextField
        label="In your own words"
        hint="Shown wherever it refuses something. Empty: the sentence that the parts make."
        value={wish.sentence}
        onChange={(event) => set({ sentence: event.target.value })}
      />
    </div>
  )
}

function Who({ wish, set }: FieldsProps) {
  const roles = useCall('roles.list', {}, { staleTime: 30_000 })
  return (
    <>
      <SelectField
        label="Who"
        value={wish.who}
        onChange={(event) => set({ who: event.target.value as RuleWish['who'], subject: null, roleId: '' })}
      >
        <option value="client">Client accounts</option>
        <option value="staff">Staff</option>
        <option value="role">Who has a role there</option>
        <option value="subject">One person or service account</option>
        <option value="anyone">Anyone at all</option>
      </SelectField>
      {wish.who === 'role' ? (
        <SelectField label="Role" value={wish.roleId} onChange={(event) => set({ roleId: event.target.value })}>
          <option value="">Choose a role</option>
          <RoleOptions roles={(roles.data?.items ?? []).filter(({ scope_kind }) => scope_kind === wish.at.kind)} />
        </SelectField>
      ) : null}
      {wish.who === 'subject' ? (
        <SubjectField
          label="Which one"
          value={wish.subject ? { ...wish.subject, realm: 'staff' } : null}
          onChange={(subject) => set({ subject })}
        />
      ) : null}
    </>
  )
}

/** Somebody has to be able to; they are named. */
function Except({ wish, set }: FieldsProps) {
  const add = (subject: { id: string; name: string } | null) => {
    if (subject && !wish.except.some(({ id }) => id === subject.id)) set({ except: [...wish.except, subject] })
  }
  return (
    <div className="grid gap-2">
      <SubjectField label="But not counting" value={null} onChange={add} />
      <ul aria-label="Not counted" className="flex flex-wrap gap-1.5 empty:hidden">
        {wish.except.map(({ id, name }) => (
          <li key={id}>
            <Button icon="cross" onClick={() => set({ except: wish.except.filter((each) => each.id !== id) })}>
              <span className="sr-only">Count again: </span>
              {name}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** The sentence that the parts make. */
function useSentence(wish: RuleWish): string {
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const roles = useCall('roles.list', {}, { staleTime: 30_000 })
  const deed = permissions.data?.items.find(({ id }) => id === wish.permission)?.sentence ?? wish.permission
  const role = roles.data?.items.find(({ id }) => id === wish.roleId)?.name ?? ''
  return tellRule(wish, deed, role)
}
