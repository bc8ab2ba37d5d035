import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { type Clash, insist } from './rebase.ts'
import type { Values } from './record.ts'
import { nameOf } from './row-words.ts'
import type { Edit } from './staging.ts'

type ClashListProps = {
  clashes: readonly Clash[]
  onKeep: (clash: Clash, edit: Edit) => void
  onDrop: (clash: Clash) => void
}

/** Edits on records that somebody else changed meanwhile, each with both sides and a decision. */
export function ClashList({ clashes, onKeep, onDrop }: ClashListProps) {
  if (clashes.length === 0) return null
  return (
    <section
      aria-label="Edits that no longer fit"
      className="grid gap-3 rounded-lg border border-warn bg-warn-soft p-4"
    >
      <div>
        <h2 className="flex items-center gap-2 font-semibold text-warn">
          <Icon name="alert" />{' '}
          {clashes.length === 1 ? 'One edit no longer fits' : `${clashes.length} edits no longer fit`}
        </h2>
        <p className="text-ink">Somebody changed these records while you were editing. Choose for each.</p>
      </div>
      <ul className="grid gap-2">
        {clashes.map((clash) => (
          <li key={clash.edit.id} className="grid gap-2 rounded-md border border-line bg-surface p-3 text-ink">
            <p className="font-medium">{nameOf(sidesOf(clash).was)}</p>
            <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5">
              <Side name="Was" values={sidesOf(clash).was} />
              <Side
                name={clash.now ? `Now, by ${clash.now.changed_by.name || 'somebody'}` : 'Now'}
                values={clash.now}
              />
              <Side name="Yours" values={sidesOf(clash).yours} />
            </dl>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => onKeep(clash, insist(clash, crypto.randomUUID()))}>Keep my edit</Button>
              <Button kind="quiet" onClick={() => onDrop(clash)}>
                Leave it as it is now
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function sidesOf({ edit }: Clash): { was: Values; yours: Values | null } {
  if (edit.op === 'create') return { was: edit.values, yours: edit.values }
  return { was: edit.before, yours: edit.op === 'update' ? edit.values : null }
}

function Side({ name, values }: { name: string; values: Values | null }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 font-mono break-all">
        {values ? `${values.owner} ${values.ttl} ${values.type} ${values.data}` : 'deleted'}
      </dd>
    </>
  )
}
