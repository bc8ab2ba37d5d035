import type { AnswerOf } from '@zoneward/api/types'
import { useCall } from '../api/use-call.ts'
import { useMe } from '../session/use-me.ts'
import { Icon } from '../ui/icons.tsx'
import { Failure, Skeleton } from '../ui/states.tsx'
import { groupHoldings, tellSum } from '../words/holdings.ts'
import { count } from '../words/times.ts'
import { type PreviewStep, usePreview } from './use-preview.ts'

type Preview = AnswerOf<'access_previews.create'>
type Difference = Preview['differences'][number]
const mostShown = 50

type PreviewPanelProps = {
  /** The changes as they would be sent, one after the other; null while there is nothing to ask. */
  steps: PreviewStep[] | null
  /** What to do first, while there is nothing to ask. */
  waiting?: string
}

/** Who would gain and who would lose what, before anything is saved; and what would be refused, and why. */
export function PreviewPanel({ steps, waiting = 'Fill in the form to see what it changes.' }: PreviewPanelProps) {
  const { asked, query, fresh } = usePreview(steps)
  return (
    <section aria-label="What this changes" className="rounded-lg border border-line bg-page">
      <h3 className="border-b border-line px-3 py-2 text-sm font-medium text-muted">What this changes</h3>
      <div aria-live="polite" aria-busy={asked && !fresh} className="grid gap-3 p-3">
        {!asked ? <p className="text-muted">{waiting}</p> : null}
        {asked && query.error ? <Failure fault={query.error} onRetry={() => void query.refetch()} /> : null}
        {asked && query.isPending ? <Skeleton lines={2} /> : null}
        {asked && query.data && !query.error ? <Answer preview={query.data} stale={!fresh} /> : null}
      </div>
    </section>
  )
}

/** The same in one line, beside the button, where there is no room for the panel beside the form. */
export function PreviewLine({ steps }: { steps: PreviewStep[] | null }) {
  const { query, fresh, refusal } = usePreview(steps)
  if (steps === null || !query.data || !fresh) return null
  return (
    <p className={`mr-auto min-w-0 flex-1 self-center text-sm md:hidden ${refusal ? 'text-bad' : 'text-muted'}`}>
      {refusal ? 'This would be refused; the reason stands above.' : tellSum(query.data.differences)}
    </p>
  )
}

function Answer({ preview, stale }: { preview: Preview; stale: boolean }) {
  const { differences, refusals, complete, touched, assertions_ended } = preview
  const shown = differences.slice(0, mostShown)
  return (
    <div className={`grid gap-3 ${stale ? 'opacity-60' : ''}`}>
      {refusals.map(({ step, operation, problem }) => (
        <div key={`${step} ${operation}`} className="flex gap-2 rounded-md bg-bad-soft p-2.5 text-bad">
          <Icon name="lock" className="mt-0.5 size-4" />
          <div className="grid min-w-0 gap-0.5 break-words">
            <p className="font-medium">This would be refused. {problem.detail ?? problem.title}</p>
            {[...(problem.fields ?? []).map(({ message }) => message), ...(problem.nearest ?? [])]
              .filter((line) => !problem.detail?.includes(line.replace(/\.$/, '')))
              .map((line) => (
                <p key={line}>{line}</p>
              ))}
          </div>
        </div>
      ))}
      {refusals.length > 0 && differences.length === 0 ? null : <p className="font-medium">{tellSum(differences)}</p>}
      <ul className="grid gap-2">
        {shown.map((difference) => (
          <OneDifference key={`${difference.subject.id} ${difference.resource.id}`} difference={difference} />
        ))}
      </ul>
      {differences.length > shown.length ? (
        <p className="text-muted">and {count(differences.length - shown.length, 'more line')}</p>
      ) : null}
      {complete ? null : (
        <p className="flex gap-2 text-warn">
          <Icon name="alert" className="mt-0.5 size-4" />
          This touches more than was compared: {count(touched, 'pair')} of somebody and something.
        </p>
      )}
      {assertions_ended.map(({ id, sentence }) => (
        <p key={id} className="flex gap-2 text-warn">
          <Icon name="alert" className="mt-0.5 size-4" />
          This sentence would no longer be kept: {sentence}
        </p>
      ))}
    </div>
  )
}

function OneDifference({ difference: { subject, resource, gained, lost } }: { difference: Difference }) {
  return (
    <li className="grid gap-1.5 rounded-md border border-line bg-surface p-2.5">
      <p>
        <span className="font-medium">{subject.name}</span> <span className="text-muted">on</span> {resource.name}
      </p>
      <Side holdings={gained} sign="+" word="gains" colour="text-good" />
      <Side holdings={lost} sign="−" word="loses" colour="text-bad" />
    </li>
  )
}

type SideProps = { holdings: Difference['gained']; sign: string; word: string; colour: string }

function Side({ holdings, sign, word, colour }: SideProps) {
  const permissions = useCall('permissions.list', {}, { staleTime: 600_000 })
  const staff = useMe().realm === 'staff'
  const sentenceOf = (id: string) => permissions.data?.items.find((each) => each.id === id)?.sentence ?? id
  return groupHoldings(holdings).map((group) => (
    <details key={group.permissions.join() + group.limits.join()} className="group/side">
      <summary className="flex cursor-pointer list-none gap-2 rounded">
        <span aria-hidden="true" className={`font-mono font-semibold ${colour}`}>
          {sign}
        </span>
        <span className="min-w-0 flex-1">
          <span className={colour}>
            <span className="font-medium">{word}</span> {short(group.permissions.map(sentenceOf))}
          </span>
          {group.limits.map((limit) => (
            <span key={limit} className="block break-words text-muted">
              {limit}
            </span>
          ))}
        </span>
        <Icon name="down" className="mt-1 size-3.5 text-muted group-open/side:rotate-180" />
      </summary>
      <ul className="mt-1 ml-5 grid gap-0.5 text-muted">
        {group.permissions.map((id) => (
          <li key={id}>
            {sentenceOf(id)} {staff ? <span className="font-mono text-sm">{id}</span> : null}
          </li>
        ))}
      </ul>
    </details>
  ))
}

function short(sentences: string[]): string {
  const words = sentences.slice(0, 3).map((text) => text.charAt(0).toLowerCase() + text.slice(1))
  const more = sentences.length - words.length
  return more > 0 ? `${words.join(' · ')} and ${count(more, 'more thing')}` : words.join(' · ')
}
