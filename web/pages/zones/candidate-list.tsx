import { useState } from 'react'
import { pathsFrom } from '../../paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, IconButton, Spinner } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Failure, LineErrors } from '../../ui/states.tsx'
import { count } from '../../words/times.ts'
import type { Candidate } from './candidate.ts'

type ListProps = {
  candidates: readonly Candidate[]
  onRename: (key: string, name: string) => void
  onRemove: (key: string) => void
}

/** What each file holds, or what is wrong with it and where. */
export function CandidateList({ candidates, onRename, onRemove }: ListProps) {
  return (
    <ul aria-label="Zone files" className="grid gap-2">
      {candidates.map((candidate) => (
        <li key={candidate.key} className="grid gap-2 rounded-lg border border-line bg-surface p-3">
          <div className="flex items-start justify-between gap-2">
            <div className="min-w-0">
              <p className="font-medium break-all">{candidate.check?.name ?? candidate.file}</p>
              <p className="text-muted">
                {candidate.check ? `${count(candidate.check.records, 'record')} · ${candidate.file}` : candidate.file}
              </p>
            </div>
            <div className="flex items-center gap-1">
              <StateOf candidate={candidate} />
              {candidate.state.step === 'made' ? null : (
                <IconButton
                  icon="cross"
                  label={`Leave out ${candidate.file}`}
                  onClick={() => onRemove(candidate.key)}
                />
              )}
            </div>
          </div>
          <Troubles candidate={candidate} onRename={onRename} />
        </li>
      ))}
    </ul>
  )
}

function StateOf({ candidate: { state, check } }: { candidate: Candidate }) {
  if (state.step === 'checking') return <Working word="Checking" />
  if (state.step === 'writing') return <Working word="Writing" />
  if (state.step === 'made')
    return (
      <Badge tone="good" icon="check">
        Imported
      </Badge>
    )
  if (state.step === 'failed')
    return (
      <Badge tone="bad" icon="alert">
        Failed
      </Badge>
    )
  if (check && check.errors.length > 0)
    return (
      <Badge tone="bad" icon="alert">
        {count(check.errors.length, 'error')}
      </Badge>
    )
  if (check?.existing_zone_id)
    return (
      <Badge tone="warn" icon="alert">
        Exists
      </Badge>
    )
  return (
    <Badge tone="good" icon="check">
      Ready
    </Badge>
  )
}

function Working({ word }: { word: string }) {
  return (
    <span className="inline-flex items-center gap-2 text-muted">
      <Spinner />
      {word}
    </span>
  )
}

function Troubles({ candidate, onRename }: { candidate: Candidate; onRename: ListProps['onRename'] }) {
  const { check, state, key, name } = candidate
  return (
    <>
      {state.step === 'failed' ? <Failure fault={state.fault} /> : null}
      {check && check.errors.length > 0 ? <LineErrors lines={check.errors} /> : null}
      {check?.existing_zone_id && state.step !== 'made' ? (
        <p className="text-muted">
          A zone of this name is here already.{' '}
          <TextLink to={pathsFrom('').zoneSettings(check.existing_zone_id)} className="underline">
            Import into it
          </TextLink>{' '}
          from its settings, with the difference shown first.
        </p>
      ) : null}
      {check?.warnings.map((warning) => (
        <p key={warning} className="text-warn">
          {warning}
        </p>
      ))}
      {state.step === 'made' ? <TextLink to={pathsFrom('').zone(state.zoneId)}>Open the zone</TextLink> : null}
      {check && check.name === null && state.step === 'checked' ? (
        <NameIt start={name} onName={(next) => onRename(key, next)} />
      ) : null}
    </>
  )
}

function NameIt({ start, onName }: { start: string; onName: (name: string) => void }) {
  const [name, setName] = useState(start)
  return (
    <div className="flex items-end gap-2">
      <TextField
        label="Name of the zone"
        mono
        className="flex-1"
        placeholder="example.com"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button onClick={() => onName(name.trim())}>Check again</Button>
    </div>
  )
}
