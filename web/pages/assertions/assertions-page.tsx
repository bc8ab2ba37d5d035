import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { Guarded } from '../../access/guarded.tsx'
import { useCall, usePages, useSend } from '../../api/use-call.ts'
import { pathsFrom } from '../../paths.ts'
import { useMe } from '../../session/use-me.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Page } from '../../ui/page.tsx'
import { ShowMore } from '../../ui/show-more.tsx'
import { Empty, Loaded } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { notify } from '../../ui/toast.tsx'
import { BreachList } from './breach-list.tsx'
import { NewAssertion } from './new-assertion.tsx'

type Assertion = ItemOf<'assertions.list'>
const paths = pathsFrom('')

/** Sentences that every change of access is checked against: what would break one is refused. */
export function AssertionsPage() {
  const { organization, permissions } = useMe()
  const may = permissions['assertions.manage']?.includes('organization') === true
  const resource = { kind: 'organization' as const, id: organization?.id ?? '' }
  const assertions = usePages('assertions.list', { query: {} })
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<Assertion | null>(null)
  return (
    <Page
      title="Assertions"
      width="read"
      lead="What must never be possible. A change of access that would make it possible is refused, whoever makes it."
      crumbs={[{ label: 'Access', to: paths.access }]}
      actions={
        <Guarded can={{ 'assertions.manage': may }} permission="assertions.manage" resource={resource}>
          {(refusal) => (
            <Button kind="primary" icon="plus" refusal={refusal} onClick={() => setMaking(true)}>
              New assertion
            </Button>
          )}
        </Guarded>
      }
    >
      <Loaded query={assertions}>
        {() =>
          assertions.items.length > 0 ? (
            <ul aria-label="Assertions" className="grid gap-3">
              {assertions.items.map((each) => (
                <AssertionItem key={each.id} assertion={each} mayManage={may} onEnd={() => setEnding(each)} />
              ))}
            </ul>
          ) : (
            <Empty icon="access" title="No assertions yet">
              Write down what must never happen, such as “no client account of Acme can ever delete a zone”. From then
              on nobody can give that away by mistake.
            </Empty>
          )
        }
      </Loaded>
      <ShowMore pages={assertions} />
      {making ? <NewAssertion onClose={() => setMaking(false)} /> : null}
      <EndAssertion assertion={ending} onClose={() => setEnding(null)} />
    </Page>
  )
}

type ItemProps = { assertion: Assertion; mayManage: boolean; onEnd: () => void }

function AssertionItem({ assertion, mayManage, onEnd }: ItemProps) {
  const { id, sentence, permission, at, record, except, created_by, created_at } = assertion
  const check = useCall(
    'assertions.check',
    { body: { assertion_id: id, limit: 5 } },
    { enabled: mayManage, staleTime: 30_000 },
  )
  const found = check.data?.items[0]
  return (
    <li className="grid gap-2 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <p className="min-w-0 flex-1 font-medium break-words">{sentence}</p>
        {found ? (
          <Badge tone={found.holds ? 'good' : 'bad'} icon={found.holds ? 'check' : 'alert'}>
            {found.holds ? 'Holds' : 'Broken'}
          </Badge>
        ) : null}
      </div>
      <p className="text-sm break-words text-muted">
        <span className="font-mono">{permission}</span> on {at.name}
        {record ? (
          <>
            , only{' '}
            <span className="font-mono">{`${record.name}${record.types ? ` (${record.types.join(', ')})` : ''}`}</span>
          </>
        ) : null}
        {except.length > 0 ? `, but ${except.map(({ name }) => name).join(', ')}` : ''}
        {' · '}
        {created_by ? `by ${created_by} ` : ''}
        <Time at={created_at} />
      </p>
      {found && !found.holds ? <BreachList breaches={found.breaches} total={found.breach_count} /> : null}
      {mayManage ? (
        <div>
          <Button kind="danger" icon="trash" onClick={onEnd}>
            Delete
          </Button>
        </div>
      ) : null}
    </li>
  )
}

function EndAssertion({ assertion, onClose }: { assertion: Assertion | null; onClose: () => void }) {
  const send = useSend('assertions.delete')
  const done = () => {
    notify('The assertion is gone')
    onClose()
  }
  return (
    <Confirm
      open={assertion !== null}
      onClose={onClose}
      title="Delete this assertion?"
      action="Delete"
      busy={send.isPending}
      fault={send.error}
      onConfirm={() => assertion && send.mutate({ params: { assertion_id: assertion.id } }, { onSuccess: done })}
    >
      <p className="font-medium">{assertion?.sentence}</p>
      <p>From then on changes of access may break it. Nothing that was given changes by this.</p>
    </Confirm>
  )
}
