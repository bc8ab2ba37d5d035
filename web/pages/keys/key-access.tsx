import type { AnswerOf } from '@zoneward/api/types'
import type { ReactNode } from 'react'
import { useCall, usePages } from '../../api/use-call.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { Card, Facts } from '../../ui/page.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'

type Access = AnswerOf<'api_keys.access'>
type Holding = Access['items'][number]['holdings'][number]

/** What an API key can do now, place by place, in sentences. */
export function KeyAccess({ keyId }: { keyId: string }) {
  const access = usePages('api_keys.access', { params: { api_key_id: keyId }, query: {} })
  return (
    <Loaded query={{ ...access, data: access.data?.pages[0] as Access | undefined, refetch: access.refetch as never }}>
      {(first) => (
        <>
          <p
            className={`flex gap-2 rounded-lg p-3 font-medium ${first.usable ? 'bg-good-soft text-good' : 'bg-warn-soft text-warn'}`}
          >
            <Icon name={first.usable ? 'check' : 'lock'} className="mt-0.5 size-4" />
            <span>{first.sentence}</span>
          </p>
          <Card title="When and from where">
            <Facts facts={factsOf(first)} />
          </Card>
          {access.items.length === 0 ? (
            <Empty icon="key" title="It can do nothing now">
              Its owner holds nothing within its limits.
            </Empty>
          ) : null}
          {access.items.map(({ scope, holdings }) => (
            <Card key={`${scope.kind} ${scope.id}`} title={scope.name} lead={kinds[scope.kind]}>
              <ul className="grid gap-3">
                {holdings.map((holding) => (
                  <HoldingItem key={holding.permissions.join() + String(holding.patterns)} holding={holding} />
                ))}
              </ul>
            </Card>
          ))}
          {access.hasNextPage ? (
            <Button
              kind="quiet"
              icon="down"
              busy={access.isFetchingNextPage}
              onClick={() => void access.fetchNextPage()}
            >
              Show more
            </Button>
          ) : null}
        </>
      )}
    </Loaded>
  )
}

const kinds: Record<Access['items'][number]['scope']['kind'], string> = {
  organization: 'The whole organization',
  customer: 'Customer, and everything of it',
  provider: 'Provider, and its zones',
  zone: 'Zone',
  hosting: 'Hosting',
}

function factsOf({ ends_at, idle_until, networks }: Access): [string, ReactNode][] {
  return [
    ['Ends', ends_at ? <Time key="end" at={ends_at} /> : 'without end'],
    ['Stops when not used', idle_until ? <Time key="idle" at={idle_until} /> : 'not watched'],
    ['From', networks ? <span className="font-mono text-sm">{networks.join(', ')}</span> : 'anywhere'],
  ]
}

function HoldingItem({ holding: { permissions, patterns, until, review_required } }: { holding: Holding }) {
  const all = useCall('permissions.list', {}, { staleTime: 600_000 })
  const sentence = (id: string) => all.data?.items.find((each) => each.id === id)?.sentence ?? id
  return (
    <li className="grid gap-1.5">
      {patterns || until || review_required ? (
        <p className="flex flex-wrap items-center gap-1.5">
          {patterns ? <span className="font-mono text-sm break-all">{patterns.join('; ')}</span> : null}
          {until ? (
            <Badge icon="clock">
              until <Time at={until} />
            </Badge>
          ) : null}
          {review_required ? <Badge icon="inbox">Has to be approved</Badge> : null}
        </p>
      ) : null}
      <ul className="grid gap-x-6 sm:grid-cols-2">
        {permissions.map((id) => (
          <li key={id} className="flex gap-2 py-0.5">
            <Icon name="check" className="mt-0.5 size-4 text-good" />
            <span title={id}>{sentence(id)}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}
