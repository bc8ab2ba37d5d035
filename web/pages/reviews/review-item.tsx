import { Badge } from '../../ui/badge.tsx'
import { Time } from '../../ui/time.tsx'
import { Tip } from '../../ui/tip.tsx'
import { tellPatterns } from '../../words/patterns.ts'
import { reviewFacts } from '../../words/review-facts.ts'
import type { Item } from './review-items.tsx'

type ReviewItemProps = {
  item: Item
  chosen: boolean /** null where there is nothing to decide any more. */
  onChoose: (() => void) | null
}

/** One grant under review: who, what, where; when it was used; what is strange about it. */
export function ReviewItem({ item, chosen, onChoose }: ReviewItemProps) {
  const { subject, role, scope, patterns, verdict, decided_by } = item
  const facts = reviewFacts(item)
  return (
    <li
      className={`flex items-start gap-3 rounded-lg border p-3 ${chosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
    >
      {onChoose ? (
        <input
          type="checkbox"
          aria-label={`${role} of ${subject.name} on ${scope.name}`}
          checked={chosen}
          onChange={onChoose}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
      ) : null}
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="break-words">
          <span className="font-medium">{subject.name}</span> <span className="text-muted">is</span>{' '}
          <span className="font-medium">{role}</span> <span className="text-muted">on</span> {scope.name}
          {patterns ? <span className="block font-mono text-sm text-muted">only {tellPatterns(patterns)}</span> : null}
        </p>
        <Facts item={item} />
        <p className="flex flex-wrap gap-1.5 empty:hidden">
          {facts.map(({ word, tone, icon, sentence }) => (
            <Tip key={word} text={sentence}>
              <Badge tone={tone} icon={icon}>
                {word}
                <span className="sr-only">: {sentence}</span>
              </Badge>
            </Tip>
          ))}
        </p>
      </div>
      {verdict ? (
        <span title={decided_by ? `by ${decided_by}` : undefined}>
          <Badge tone={verdict === 'confirmed' ? 'good' : 'bad'} icon={verdict === 'confirmed' ? 'check' : 'trash'}>
            {verdict === 'confirmed' ? 'Confirmed' : 'Revoked'}
          </Badge>
        </span>
      ) : null}
    </li>
  )
}

function Facts({ item: { subject, granted_by, granted_at, last_used_at, ends_at, reason } }: { item: Item }) {
  return (
    <p className="text-sm break-words text-muted">
      {subject.detail ? `${subject.detail} · ` : ''}
      {granted_by ? `given by ${granted_by} ` : 'given '}
      <Time at={granted_at} />
      {last_used_at ? (
        <>
          {' · '}
          <LastUse at={last_used_at} />
        </>
      ) : null}
      {ends_at ? (
        <>
          {' · ends '}
          <Time at={ends_at} />
        </>
      ) : null}
      {reason ? ` · ${reason}` : ''}
    </p>
  )
}

/** It is noted to the hour, so nothing more exact is told. */
function LastUse({ at }: { at: string }) {
  if (Date.now() - Date.parse(at) < 2 * 3_600_000) return <>used in the last two hours</>
  return (
    <>
      last used <Time at={at} />
    </>
  )
}
