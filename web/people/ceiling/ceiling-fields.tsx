import type { BodyOf } from '@zoneward/api/types'
import { PatternsField } from '../../access/patterns-field.tsx'
import type { Fault } from '../../api/fault.ts'
import { useCall } from '../../api/use-call.ts'
import { fieldError } from '../../forms/fault-fields.ts'
import { useMe } from '../../session/use-me.ts'
import { Check, TextField } from '../../ui/field.tsx'
import { readPatterns } from '../../words/patterns.ts'
import { PermissionChecklist } from '../permission-checklist.tsx'
import { ScopeChecks, type ScopeChoice } from './scope-checks.tsx'

export type Ceiling = NonNullable<BodyOf<'api_keys.create'>['ceiling']>

/** A ceiling while it is written; empty parts do not narrow. */
export type CeilingDraft = {
  what: 'all' | 'read' | 'chosen'
  permissions: readonly string[]
  scopes: readonly ScopeChoice[]
  patterns: string
  networks: string
  idleDays: string
}

export const noCeiling: CeilingDraft = {
  what: 'all',
  permissions: [],
  scopes: [],
  patterns: '',
  networks: '',
  idleDays: '',
}

type Permission = { id: string; writes: boolean }

/** The ceiling as the API takes it. `held`: what the owner holds at all. */
export function ceilingOf(draft: CeilingDraft, held: Permission[]): Ceiling {
  const patterns = readPatterns(draft.patterns)
  const networks = draft.networks.split(/[\s,]+/).filter(Boolean)
  const reading = held.filter(({ id, writes }) => !writes || id === 'api.use').map(({ id }) => id)
  const chosen = draft.what === 'read' ? reading : draft.permissions
  return {
    ...(draft.what === 'all' ? {} : { permissions: [...new Set(['api.use', ...chosen])] }),
    ...(draft.scopes.length > 0 ? { scopes: draft.scopes.map(({ kind, id }) => ({ kind, id })) } : {}),
    ...(patterns.length > 0 ? { patterns } : {}),
    ...(networks.length > 0 ? { networks } : {}),
    ...(draft.idleDays.trim() === '' ? {} : { idle_days: Number(draft.idleDays) }),
  }
}

type CeilingFieldsProps = {
  draft: CeilingDraft
  onChange: (draft: CeilingDraft) => void
  fault: Fault | null
  /** What the owner holds anywhere, where that is known: nothing else is offered. */
  own: boolean
}

/** Everything that narrows a key: what, where, which records, from where, and when it stops by itself. */
export function CeilingFields({ draft, onChange, fault, own }: CeilingFieldsProps) {
  const change = (patch: Partial<CeilingDraft>) => onChange({ ...draft, ...patch })
  return (
    <>
      <What draft={draft} change={change} own={own} />
      <ScopeChecks chosen={draft.scopes} onChange={(scopes) => change({ scopes })} />
      <PatternsField
        value={draft.patterns}
        onChange={(patterns) => change({ patterns })}
        example={draft.scopes.find(({ kind }) => kind === 'zone')?.name ?? 'example.com'}
        error={fieldError(fault, 'ceiling.patterns')}
      />
      <TextField
        label="Only from these networks"
        mono
        placeholder="192.0.2.0/24, 2001:db8::/32"
        hint="Empty means from anywhere."
        value={draft.networks}
        onChange={(event) => change({ networks: event.target.value })}
        error={fieldError(fault, 'ceiling.networks')}
      />
      <TextField
        label="Stops when not used for"
        type="number"
        min={1}
        max={365}
        hint="Days. Empty means that it is not watched."
        value={draft.idleDays}
        onChange={(event) => change({ idleDays: event.target.value })}
        error={fieldError(fault, 'ceiling.idle_days')}
      />
    </>
  )
}

type WhatProps = { draft: CeilingDraft; change: (patch: Partial<CeilingDraft>) => void; own: boolean }

function What({ draft, change, own }: WhatProps) {
  const held = useHeldPermissions(own)
  return (
    <fieldset className="grid">
      <legend className="font-medium">What it may do</legend>
      <Check
        radio
        name="what"
        label="Everything that its owner may do"
        checked={draft.what === 'all'}
        onChange={() => change({ what: 'all' })}
      />
      <Check
        radio
        name="what"
        label="Read only"
        hint="It sees what its owner sees and changes nothing."
        checked={draft.what === 'read'}
        onChange={() => change({ what: 'read' })}
      />
      <Check
        radio
        name="what"
        label="Chosen things"
        checked={draft.what === 'chosen'}
        onChange={() => change({ what: 'chosen' })}
      />
      {draft.what === 'chosen' ? (
        <div className="mt-2 max-h-80 overflow-y-auto rounded-lg bg-page p-2 [&>div]:md:columns-1">
          <PermissionChecklist
            permissions={held.filter(({ id }) => id !== 'api.use')}
            chosen={draft.permissions}
            onChange={(permissions) => change({ permissions })}
          />
        </div>
      ) : null}
    </fieldset>
  )
}

/** What a ceiling can be made of: what the reader holds anywhere, or for somebody else's key everything there is. */
export function useHeldPermissions(own: boolean) {
  const me = useMe()
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const all = permissions.data?.items ?? []
  return own ? all.filter(({ id }) => id in me.permissions) : all
}
