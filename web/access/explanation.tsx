import type { AnswerOf } from '@zoneward/api/types'
import { pathsFrom } from '../paths.ts'
import { useMe } from '../session/use-me.ts'
import { Icon } from '../ui/icons.tsx'
import { TextLink } from '../ui/link.tsx'
import { Time } from '../ui/time.tsx'
import { withoutIds } from '../words/plain.ts'
import { tellWhoCanGive } from '../words/refusal.ts'
import type { Place } from './place.ts'

type ExplanationProps = { explanation: AnswerOf<'access.explain'> /** Is it about the reader? */; own: boolean }

/** The answer of the access core, in its own sentences. */
export function Explanation({ explanation, own }: ExplanationProps) {
  const staff = useMe().realm === 'staff'
  const { allowed, sentence, reasons, resource, nearest, smallest_grant, who_can_give } = explanation
  const give = tellWhoCanGive(who_can_give, own ? 'you' : 'them')
  return (
    <div aria-live="polite" className="grid gap-3">
      <p
        className={`flex gap-2 rounded-lg p-3 font-medium ${allowed ? 'bg-good-soft text-good' : 'bg-warn-soft text-warn'}`}
      >
        <Icon name={allowed ? 'check' : 'lock'} className="mt-0.5 size-4" />
        <span>{staff ? sentence : withoutIds(sentence)}</span>
      </p>
      <ul className="grid gap-2">
        {reasons.map((reason) => (
          <li key={`${reason.grant_id} ${reason.via_team ?? ''}`} className="rounded-lg border border-line p-3">
            <p>{reason.sentence}</p>
            <p className="text-muted">
              {reason.path.join(' → ')}
              {reason.ends_at ? (
                <>
                  {' '}
                  · ends <Time at={reason.ends_at} />
                </>
              ) : null}
            </p>
            {reason.via_team || reason.scope.id !== resource.id ? (
              <p className="mt-1 flex items-center gap-1.5 text-sm text-muted">
                <Icon name="lock" className="size-3.5" />
                <span>
                  Changed where it was given:{' '}
                  {staff ? (
                    <TextLink to={accessPath(reason.scope)} className="underline">
                      {reason.scope.name}
                    </TextLink>
                  ) : (
                    reason.scope.name
                  )}
                  {reason.via_team ? `, or by who is in the team ${reason.via_team}` : ''}
                </span>
              </p>
            ) : null}
          </li>
        ))}
        {nearest.map(({ why, sentence: line }) => (
          <li key={`${why} ${line}`} className="rounded-lg border border-line p-3">
            {line}
          </li>
        ))}
      </ul>
      {smallest_grant ? (
        <p>
          <span className="font-medium">The smallest grant that would allow it:</span> {smallest_grant.sentence}
        </p>
      ) : null}
      {give ? <p className="text-muted">{give}</p> : null}
    </div>
  )
}

/** The page where access to a place is changed. */
function accessPath({ kind, id }: { kind: Place['kind']; id: string }): string {
  const paths = pathsFrom('')
  return {
    organization: paths.access,
    customer: paths.customerAccess(id),
    provider: paths.provider(id),
    zone: paths.zoneAccess(id),
    hosting: paths.hostingAccess(id),
  }[kind]
}
