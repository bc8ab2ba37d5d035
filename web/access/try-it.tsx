import { useCall } from '../api/use-call.ts'
import { useAddress } from '../session/use-address.ts'
import { useMe } from '../session/use-me.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { Ask } from './ask.tsx'
import { Explanation } from './explanation.tsx'
import { firstQuestion, type Permission, type Place, permissionsAt } from './place.ts'
import { SubjectField } from './subject-field.tsx'
import { ThingField } from './thing-field.tsx'

/** Who, what, where, on which record: the answer of the access core with its trace. The question is in the address. */
export function TryIt({ place }: { place: Place }) {
  const me = useMe()
  const [address, change] = useAddress()
  const myself = { id: me.user.id, name: `${me.user.name} (you)`, realm: me.realm, group: 'You' }
  const { who, who_name, may, on_kind, on, on_name, record = '', type = '' } = address
  const thing: Place =
    on_kind === undefined ? place : { kind: on_kind as Place['kind'], id: on ?? '', name: on_name ?? '' }
  const permission = may ?? firstQuestion[thing.kind]
  const subject = who === undefined ? myself : { id: who, name: who_name ?? '', realm: 'staff' as const }
  const aboutRecords = thing.kind === 'zone' && /^(records|changes)\./.test(permission)
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <SubjectField
          label="Who"
          value={subject}
          first={[myself]}
          onChange={(chosen) =>
            change(
              chosen && chosen.id !== me.user.id
                ? { who: chosen.id, who_name: chosen.name }
                : { who: undefined, who_name: undefined },
            )
          }
        />
        <PermissionField
          kind={thing.kind}
          value={permission}
          onChange={(id) => change({ may: id, ...(/^(records|changes)\./.test(id) ? {} : { record: '', type: '' }) })}
        />
        <ThingField
          value={thing}
          onChange={(next) =>
            change({ on_kind: next.kind, on: next.id, on_name: next.name, may: undefined, record: '', type: '' })
          }
        />
        {aboutRecords ? (
          <div className="grid grid-cols-[1fr_6rem] items-start gap-3">
            <TextField
              label="Record"
              mono
              placeholder="any record"
              hint={`Such as www.${thing.name}`}
              value={record}
              onChange={(event) => change({ record: event.target.value, type: type || 'A' })}
            />
            <TextField
              label="Type"
              mono
              placeholder="A"
              value={type}
              onChange={(event) => change({ type: event.target.value.toUpperCase() })}
            />
          </div>
        ) : null}
      </div>
      {thing.id === '' ? (
        <Empty icon="search" title="Choose the thing">
          The answer appears here, with the way it comes about.
        </Empty>
      ) : (
        <Answer
          subjectId={who}
          permission={permission}
          thing={thing}
          record={aboutRecords && record !== '' && type !== '' ? { name: record, type } : null}
        />
      )}
    </div>
  )
}

type PermissionFieldProps = { kind: Place['kind']; value: string; onChange: (id: string) => void; label?: string }

/** Every permission that means something on a thing of this kind, in its own sentence, under its area. */
export function PermissionField({ kind, value, onChange, label = 'May they' }: PermissionFieldProps) {
  const staff = useMe().realm === 'staff'
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const offered = permissionsAt(permissions.data?.items ?? [], kind)
  const areas = [...new Set(offered.map(({ area }) => area))]
  return (
    <SelectField
      label={label}
      hint={staff ? <span className="font-mono">{value}</span> : undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {offered.some(({ id }) => id === value) ? null : <option value={value}>{value}</option>}
      {areas.map((area) => (
        <optgroup key={area} label={capital(area)}>
          {offered
            .filter((permission: Permission) => permission.area === area)
            .map(({ id, sentence }) => (
              <option key={id} value={id}>
                {sentence}
              </option>
            ))}
        </optgroup>
      ))}
    </SelectField>
  )
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type AnswerProps = {
  subjectId: string | undefined
  permission: string
  thing: Place
  record: { name: string; type: string } | null
}

function Answer({ subjectId, permission, thing, record }: AnswerProps) {
  const resource = { kind: thing.kind, id: thing.id }
  const body = {
    permission,
    resource,
    ...(subjectId === undefined ? {} : { subject_id: subjectId }),
    ...(record ? { record } : {}),
  }
  const answer = useCall('access.explain', { body }, { keepPrevious: true })
  return (
    <Loaded query={answer} lines={4}>
      {(data) => (
        <div className="grid gap-3">
          <Explanation explanation={data} own={subjectId === undefined} />
          {subjectId === undefined && !data.allowed && data.smallest_grant ? (
            <div>
              <Ask kind="plain" want={{ permission, resource, record }} />
            </div>
          ) : null}
        </div>
      )}
    </Loaded>
  )
}
