import type { UseQueryResult } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react'
import type { Fault } from '../api/fault.ts'
import { useReadOnly } from '../session/use-me.ts'
import { tellWhoCanGive } from '../words/refusal.ts'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icons.tsx'

// Few pages are refused, so what asks for access is not part of the first load.
const Ask = lazy(() => import('../access/ask.tsx').then((part) => ({ default: part.Ask })))

/** Nothing here yet: what this place is for, and what to do first. */
export function Empty({
  icon = 'info',
  title,
  children,
  action,
  managed = false,
}: {
  icon?: IconName
  title: string
  children?: ReactNode
  action?: ReactNode
  /** Listed only for who manages it, which nobody does who looks as somebody else: then that is said. */
  managed?: boolean
}) {
  const looking = useReadOnly()
  if (managed && looking !== null) {
    return (
      <Empty icon="eye" title="Not listed while looking">
        This is listed only for who manages it, and nobody manages anything while looking as somebody else.
      </Empty>
    )
  }
  return (
    <div className="grid justify-items-center gap-2 rounded-lg border border-dashed border-line px-6 py-12 text-center">
      <Icon name={icon} className="size-7 text-muted" />
      <p className="font-semibold">{title}</p>
      {children ? <div className="max-w-md text-muted">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}

/** A request that failed: what happened, what is missing and who can give it, and a way to try again. */
export function Failure({ fault, onRetry }: { fault: Fault; onRetry?: () => void }) {
  const give = tellWhoCanGive(fault.whoCanGive)
  const refused = fault.code === 'forbidden' || fault.code === 'not_found'
  const box = useRef<HTMLDivElement>(null)
  // A form may be longer than its dialog; what went wrong must not stay below the edge.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' })
  }, [fault])
  return (
    <div ref={box} role="alert" className="flex gap-3 rounded-lg border border-line bg-surface p-4">
      <Icon name={refused ? 'lock' : 'alert'} className={`mt-0.5 size-5 ${refused ? 'text-muted' : 'text-bad'}`} />
      <div className="grid min-w-0 gap-1">
        <p className="font-semibold">{titleOf(fault)}</p>
        {fault.message.startsWith(titleOf(fault)) ? null : <p className="break-words">{fault.message}</p>}
        {fault.nearest.map((line) => (
          <p key={line} className="text-muted">
            {line}
          </p>
        ))}
        {give ? <p className="text-muted">{give}</p> : null}
        {fault.ask ? (
          <div className="mt-2">
            <Suspense fallback={null}>
              <Ask want={fault.ask} kind="plain" />
            </Suspense>
          </div>
        ) : null}
        {fault.lines.length > 0 ? <LineErrors lines={fault.lines} /> : null}
        {onRetry && !refused ? (
          <div className="mt-2">
            <Button onClick={onRetry}>Try again</Button>
          </div>
        ) : null}
      </div>
    </div>
  )
}

function titleOf(fault: Fault): string {
  if (fault.code === 'forbidden') return 'You may not do this'
  if (fault.code === 'not_found') return 'There is nothing here that you can see'
  if (fault.code === 'unreachable') return 'No connection'
  if (fault.code === 'conflict') return 'This stands in the way'
  if (fault.code === 'invalid') return 'Something is not right yet'
  return 'This did not work'
}

export function LineErrors({ lines }: { lines: readonly { line: number; message: string }[] }) {
  return (
    <ol className="grid gap-0.5 font-mono text-sm">
      {lines.slice(0, 100).map(({ line, message }) => (
        <li key={`${line} ${message}`} className="flex gap-3">
          <span className="w-16 shrink-0 text-right text-muted">line {line}</span>
          <span className="min-w-0 break-words">{message}</span>
        </li>
      ))}
      {lines.length > 100 ? <li className="text-muted">and {lines.length - 100} more</li> : null}
    </ol>
  )
}

/** Grey lines where text will be; said once to screen readers. */
export function Skeleton({ lines = 6 }: { lines?: number }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-3 py-2">
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={`line-${String(index)}`}
          className={`h-4 animate-pulse rounded bg-hover ${index % 3 === 2 ? 'w-2/3' : 'w-full'}`}
        />
      ))}
    </div>
  )
}

type LoadedProps<Data> = {
  query: Pick<UseQueryResult<Data, Fault>, 'data' | 'error' | 'refetch'>
  lines?: number
  children: (data: Data) => ReactNode
}

/** The three states of a request. A refusal wins over what was known before: access that ended is not shown. */
export function Loaded<Data>({ query, lines = 6, children }: LoadedProps<Data>) {
  const { data, error } = query
  const gone = error && ['forbidden', 'not_found', 'unauthenticated'].includes(error.code)
  if (data !== undefined && !gone) return children(data)
  if (error) return <Failure fault={error} onRetry={() => void query.refetch()} />
  return <Skeleton lines={lines} />
}
