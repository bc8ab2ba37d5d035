import type { BodyOf } from '@zoneward/api/types'
import { useEffect } from 'react'
import { useSettled } from '../../access/use-settled.ts'
import { useCall } from '../../api/use-call.ts'
import { Icon } from '../../ui/icons.tsx'
import { Loaded } from '../../ui/states.tsx'
import { BreachList } from './breach-list.tsx'

type RuleCheckProps = { rule: BodyOf<'assertions.create'> | null; onBroken: (broken: boolean) => void }

/** Does a rule hold now? Asked while it is being written, so that nothing is saved to find out. */
export function RuleCheck({ rule, onBroken }: RuleCheckProps) {
  const asked = useSettled(rule)
  const check = useCall(
    'assertions.check',
    { body: asked ? { rule: asked, limit: 20 } : {} },
    { enabled: asked !== null, keepPrevious: true },
  )
  const found = asked ? check.data?.items[0] : undefined
  const broken = found?.holds === false
  useEffect(() => onBroken(broken), [broken, onBroken])
  if (asked === null) return <p className="text-muted">Complete it to see whether it holds now.</p>
  return (
    <div aria-live="polite" aria-busy={check.isFetching}>
      <Loaded query={check} lines={2}>
        {() =>
          found ? (
            <div className="grid gap-2">
              <p
                className={`flex gap-2 rounded-lg p-3 font-medium ${broken ? 'bg-bad-soft text-bad' : 'bg-good-soft text-good'}`}
              >
                <Icon name={broken ? 'alert' : 'check'} className="mt-0.5 size-4" />
                {broken ? 'It does not hold now. These can do it:' : 'It holds now, and can be kept.'}
              </p>
              {broken ? <BreachList breaches={found.breaches} total={found.breach_count} /> : null}
            </div>
          ) : null
        }
      </Loaded>
    </div>
  )
}
