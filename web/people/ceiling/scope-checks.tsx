import type { BodyOf } from '@zoneward/api/types'
import { useState } from 'react'
import { ThingField } from '../../access/thing-field.tsx'
import { Button, IconButton } from '../../ui/button.tsx'

type Scope = NonNullable<NonNullable<BodyOf<'api_keys.create'>['ceiling']>['scopes']>[number]
export type ScopeChoice = Scope & { name: string }

const none: ScopeChoice = { kind: 'zone', id: '', name: '' }

type ScopeChecksProps = { chosen: readonly ScopeChoice[]; onChange: (chosen: readonly ScopeChoice[]) => void }

/** The places that a key is held to, each with everything below it. */
export function ScopeChecks({ chosen, onChange }: ScopeChecksProps) {
  const [next, setNext] = useState<ScopeChoice>(none)
  const add = () => {
    if (!chosen.some(({ id }) => id === next.id)) onChange([...chosen, next])
    setNext({ ...none, kind: next.kind })
  }
  return (
    <fieldset className="grid gap-2">
      <legend className="font-medium">Only at these places</legend>
      {chosen.length === 0 ? <p className="text-sm text-muted">None chosen: wherever its owner may.</p> : null}
      <ul className="flex flex-wrap gap-1.5 empty:hidden">
        {chosen.map(({ id, kind, name }) => (
          <li key={id} className="inline-flex items-center rounded-md border border-line bg-surface pl-2.5">
            <span className="break-all">{name}</span>
            <span className="ml-1.5 text-sm text-muted">{kind}</span>
            <IconButton
              icon="cross"
              label={`Leave ${name} out`}
              onClick={() => onChange(chosen.filter((each) => each.id !== id))}
            />
          </li>
        ))}
      </ul>
      <div className="grid gap-2">
        <ThingField
          label="Kind of place"
          kinds={['zone', 'customer', 'provider', 'hosting']}
          value={next}
          onChange={setNext}
        />
        <div>
          <Button icon="plus" refusal={next.id === '' ? 'Choose a place first.' : null} onClick={add}>
            Add place
          </Button>
        </div>
      </div>
    </fieldset>
  )
}
