import { useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { Dialog } from '../ui/dialog.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import { Loaded } from '../ui/states.tsx'
import { Explanation } from './explanation.tsx'
import { type Place, permissionsAt } from './place.ts'

type Who = { id: string; name: string }
type WhyDrawerProps = {
  place: Place
  subjects: Who[]
  start: { subject?: string; permission: string } | null
  onClose: () => void
}

/** "Why can X do this?": each grant that is a reason and the way it reaches here; or what is missing. */
export function WhyDrawer({ place, subjects, start, onClose }: WhyDrawerProps) {
  return (
    <Dialog
      open={start !== null}
      onClose={onClose}
      shape="side"
      title="Why can they do this?"
      description={`On ${place.name}`}
    >
      {start ? (
        <Question key={`${start.subject} ${start.permission}`} place={place} subjects={subjects} start={start} />
      ) : null}
    </Dialog>
  )
}

function Question({
  place,
  subjects,
  start,
}: {
  place: Place
  subjects: Who[]
  start: { subject?: string; permission: string }
}) {
  const [subject, setSubject] = useState(start.subject ?? '')
  const [permission, setPermission] = useState(start.permission)
  const [record, setRecord] = useState({ name: '', type: 'A' })
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const aboutRecords = place.kind === 'zone' && /^(records|changes)\./.test(permission)
  const body = {
    permission,
    resource: { kind: place.kind, id: place.id },
    ...(subject === '' ? {} : { subject_id: subject }),
    ...(aboutRecords && record.name !== '' ? { record } : {}),
  }
  const answer = useCall('access.explain', { body })
  return (
    <div className="grid gap-4">
      <SelectField label="Who" value={subject} onChange={(event) => setSubject(event.target.value)}>
        <option value="">You</option>
        {subjects.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label="May do what" value={permission} onChange={(event) => setPermission(event.target.value)}>
        {permissionsAt(permissions.data?.items ?? [], place.kind).map(({ id, sentence }) => (
          <option key={id} value={id}>
            {sentence}
          </option>
        ))}
      </SelectField>
      {aboutRecords ? (
        <div className="grid grid-cols-[1fr_6rem] gap-2">
          <TextField
            label="On the record"
            mono
            placeholder="any record"
            value={record.name}
            onChange={(event) => setRecord({ ...record, name: event.target.value })}
          />
          <TextField
            label="Type"
            mono
            value={record.type}
            onChange={(event) => setRecord({ ...record, type: event.target.value.toUpperCase() })}
          />
        </div>
      ) : null}
      <Loaded query={answer}>{(data) => <Explanation explanation={data} own={subject === ''} />}</Loaded>
    </div>
  )
}
