import { useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { Dialog } from '../ui/dialog.tsx'
import { SelectField } from '../ui/field.tsx'
import { Loaded } from '../ui/states.tsx'
import { tellPatterns } from '../words/patterns.ts'
import { DirectGrants } from './direct-grants.tsx'
import { Explanation } from './explanation.tsx'
import { type Person, personWords } from './matrix-grid.tsx'
import { firstQuestion, type Place } from './place.ts'

type CellDrawerProps = { subject: Person; place: Place; onClose: () => void }

/** What one person can do with one thing: what was given right there, the way the rest reaches it, and changing it. */
export function CellDrawer({ subject, place, onClose }: CellDrawerProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      shape="side"
      title={`${subject.name} on ${place.name}`}
      description={[...new Set([personWords[subject.kind], subject.detail.replace(/^service/, 'Service')])]
        .filter(Boolean)
        .join(' · ')}
    >
      <Content key={`${subject.id} ${place.id}`} subject={subject} place={place} />
    </Dialog>
  )
}

function Content({ subject, place }: { subject: Person; place: Place }) {
  return (
    <div className="grid gap-6 pb-4">
      <DirectGrants subject={subject} place={place} />
      <HowCome subject={subject} place={place} />
      <Held subject={subject} place={place} />
    </div>
  )
}

type PartProps = { subject: Person; place: Place }

function useHeld({ subject, place }: PartProps) {
  const query = { subject_id: subject.id, resource_kind: place.kind, resource_id: place.id }
  return useCall('access.permissions', { query })
}

function useSentences() {
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  return (id: string) => permissions.data?.items.find((each) => each.id === id)?.sentence ?? id
}

/** The chain behind one permission, chosen among those that are held. */
function HowCome({ subject, place }: PartProps) {
  const held = useHeld({ subject, place })
  const sentenceOf = useSentences()
  const [chosen, setChosen] = useState('')
  const items = held.data?.items ?? []
  const usual = items.some(({ permission }) => permission === firstQuestion[place.kind])
  const permission = chosen || (usual ? firstQuestion[place.kind] : (items[0]?.permission ?? firstQuestion[place.kind]))
  const resource = { kind: place.kind, id: place.id }
  const answer = useCall(
    'access.explain',
    { body: { permission, resource, subject_id: subject.id } },
    { enabled: held.data !== undefined },
  )
  return (
    <section aria-label="The way it reaches here" className="grid gap-2">
      <h3 className="font-semibold">The way it reaches here</h3>
      {items.length > 0 ? (
        <SelectField label="How come they may" value={permission} onChange={(event) => setChosen(event.target.value)}>
          {items.map((each) => (
            <option key={each.permission} value={each.permission}>
              {sentenceOf(each.permission)}
            </option>
          ))}
        </SelectField>
      ) : null}
      <Loaded query={answer} lines={3}>
        {(data) => <Explanation explanation={data} own={false} />}
      </Loaded>
    </section>
  )
}

/** Everything it adds up to. */
function Held({ subject, place }: PartProps) {
  const held = useHeld({ subject, place })
  const sentenceOf = useSentences()
  return (
    <Loaded query={held} lines={2}>
      {({ items }) =>
        items.length === 0 ? null : (
          <details>
            <summary className="cursor-pointer font-semibold">Everything it adds up to ({items.length})</summary>
            <ul className="mt-2 grid gap-1">
              {items.map(({ permission, patterns, roles, review_required }) => (
                <li key={permission}>
                  {sentenceOf(permission)}
                  <span className="block text-sm break-words text-muted">
                    {roles.join(', ')}
                    {patterns ? ` · only ${tellPatterns(patterns)}` : ''}
                    {review_required ? ' · as a proposal' : ''}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )
      }
    </Loaded>
  )
}
