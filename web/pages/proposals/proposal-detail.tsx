import type { AnswerOf } from '@zoneward/api/types'
import { useCall } from '../../api/use-call.ts'
import { usePaths } from '../../paths.ts'
import { DifferenceView } from '../../ui/difference.tsx'
import { Icon } from '../../ui/icons.tsx'
import { TextLink } from '../../ui/link.tsx'
import { Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { tellDifference } from '../zone-editor/tell-difference.ts'
import { ConflictList } from './conflict-list.tsx'
import { ProposalDeeds } from './proposal-deeds.tsx'

export type Detail = AnswerOf<'proposals.read'>

/** What a proposal would change, what stands against it, and what the reader can do with it. */
export function ProposalDetail({ id }: { id: string }) {
  const proposal = useCall('proposals.read', { params: { proposal_id: id } })
  return (
    <div className="grid gap-3 px-3 pt-1 pb-4 sm:pl-9.5">
      <Loaded query={proposal} lines={4}>
        {(data) => (
          <>
            {data.state === 'open' ? null : <Decision proposal={data} />}
            <Sentences proposal={data} />
            <Notes proposal={data} />
            <ConflictList conflicts={data.conflicts} />
            <DifferenceView difference={data.difference} />
            <ProposalDeeds proposal={data} />
          </>
        )}
      </Loaded>
    </div>
  )
}

function Sentences({ proposal: { difference } }: { proposal: Detail }) {
  const sentences = tellDifference(difference.lines, () => [])
  if (sentences.length === 0) return null
  return (
    <ul aria-label="What would be different" className="grid list-disc gap-0.5 pl-5">
      {sentences.slice(0, 20).map((text) => (
        <li key={text} className="break-words">
          {text}
        </li>
      ))}
    </ul>
  )
}

function Notes({ proposal: { obstacles, warnings } }: { proposal: Detail }) {
  return [...obstacles, ...warnings].map((text) => (
    <p key={text} className="flex gap-2 text-warn">
      <Icon name="alert" className="mt-0.5 size-4" />
      <span className="min-w-0 break-words">{text}</span>
    </p>
  ))
}

function Decision({ proposal: { state, decided_by, decided_at, decision, zone, change_id } }: { proposal: Detail }) {
  const paths = usePaths()
  const verbs = { approved: 'Approved', rejected: 'Rejected', withdrawn: 'Withdrawn', open: '' }
  return (
    <p>
      {verbs[state]}
      {decided_by ? ` by ${decided_by.name}` : ''}
      {decided_at ? (
        <>
          {' '}
          <Time at={decided_at} />
        </>
      ) : null}
      {decision ? `: ${decision}` : '.'}{' '}
      {change_id ? (
        <TextLink to={paths.zoneChanges(zone.id)} className="underline">
          The change that came of it
        </TextLink>
      ) : null}
    </p>
  )
}
