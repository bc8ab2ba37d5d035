import { lazy, Suspense, useRef } from 'react'
import { useCall } from '../api/use-call.ts'
import { useAddress } from '../session/use-address.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icons.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { levelWords } from '../words/levels.ts'
import { GrantDialog } from './grant-dialog.tsx'
import { MatrixGrid } from './matrix-grid.tsx'
import type { Place } from './place.ts'

const CellDrawer = lazy(() => import('./cell-drawer.tsx').then((part) => ({ default: part.CellDrawer })))

/** People × things: what everybody can do here and with what hangs directly below; a cell opens the why. */
export function Matrix({ place, refusal }: { place: Place; refusal: string | null }) {
  const [address, change] = useAddress()
  const { people, things, cell } = address
  const query = {
    scope_kind: place.kind,
    scope_id: place.id,
    ...(people ? { cursor: people } : {}),
    ...(things ? { things_cursor: things } : {}),
  }
  const matrix = useCall('access.matrix', { query }, { keepPrevious: true })
  const [personId, thingId] = (cell ?? '').split('~')
  const person = matrix.data?.people.items.find(({ id }) => id === personId)
  const thing = matrix.data?.things.items.find(({ id }) => id === thingId)
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Legend />
        <div className="flex-1" />
        <GrantDialog place={place} refusal={refusal} />
      </div>
      <Loaded query={matrix}>
        {(data) =>
          data.people.items.length === 0 ? (
            <Empty icon="access" title="Nobody has access here yet">
              {refusal === null ? 'Give somebody a role with “Give access”.' : null}
            </Empty>
          ) : (
            <>
              <MatrixGrid
                matrix={data}
                busy={matrix.isFetching}
                onOpen={(who, what) => change({ cell: `${who.id}~${what.id}` })}
              />
              <div className="flex flex-wrap gap-x-6 gap-y-2">
                <Pager name="people" here={people} next={data.people.next} onGo={(to) => change({ people: to })} />
                <Pager name="things" here={things} next={data.things.next} onGo={(to) => change({ things: to })} />
              </div>
            </>
          )
        }
      </Loaded>
      {person && thing ? (
        <Suspense fallback={null}>
          <CellDrawer subject={person} place={thing} onClose={() => change({ cell: undefined })} />
        </Suspense>
      ) : null}
    </div>
  )
}

function Legend() {
  return (
    <ul aria-label="What the words mean" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-muted">
      {(['read', 'write', 'manage'] as const).map((level) => (
        <li key={level} className="inline-flex items-center gap-1.5">
          <Icon name={levelWords[level].icon} className="size-3.5" />
          {levelWords[level].word}
        </li>
      ))}
      <li>
        <Badge tone="warn">some</Badge> records only
      </li>
      <li>
        <span aria-hidden="true">↑</span> from elsewhere
      </li>
      <li>
        <span aria-hidden="true">–</span> none
      </li>
    </ul>
  )
}

type PagerProps = {
  name: 'people' | 'things'
  here: string | undefined
  next: string | null
  onGo: (cursor: string | undefined) => void
}

/** On and back, in one of the two directions; where there is one page only it says nothing. */
function Pager({ name, here, next, onGo }: PagerProps) {
  // The way here; a page that was opened by its address goes back to the first.
  const before = useRef<(string | undefined)[]>([])
  if (here === undefined && next === null) return null
  const back = () => onGo(before.current.pop())
  const on = () => {
    before.current.push(here)
    onGo(next ?? undefined)
  }
  return (
    <fieldset aria-label={`Pages of ${name}`} className="flex items-center gap-1.5">
      <Button kind="quiet" refusal={here === undefined ? `These are the first ${name}.` : null} onClick={back}>
        Previous {name}
      </Button>
      <Button kind="quiet" refusal={next === null ? `These are the last ${name}.` : null} onClick={on}>
        Next {name}
      </Button>
    </fieldset>
  )
}
