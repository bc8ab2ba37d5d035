import { useQueryClient } from '@tanstack/react-query'
import type { ItemOf } from '@zoneward/api/types'
import { useState } from 'react'
import { PreviewPanel } from '../access/preview-panel.tsx'
import { step } from '../access/use-preview.ts'
import { call } from '../api/call.ts'
import { asFault, type Fault } from '../api/fault.ts'
import { useMe } from '../session/use-me.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/states.tsx'
import { notify } from '../ui/toast.tsx'
import { MatrixTable } from './matrix-table.tsx'
import { diffMatrix, readMatrix } from './member-matrix.ts'
import { usePlaces } from './place-field.tsx'
import type { Person } from './remove-user.tsx'

/** So many steps go into one preview. */
const mostCompared = 20

type Grants = ItemOf<'grants.list'>[]

/** A staff member's customers: what of each is seen and changed. */
export function MemberCustomers({ user, grants }: { user: Person; grants: Grants }) {
  const { organization } = useMe()
  const customers = usePlaces('customer')
  const used = organization?.role_set === 'msp' || grants.some(({ role_id }) => role_id.startsWith('msp.block.'))
  if (user.realm !== 'staff' || !used || customers.length === 0) return null
  return <Choice key={grants.map(({ id }) => id).join()} user={user} grants={grants} customers={customers} />
}

function Choice({
  user,
  grants,
  customers,
}: {
  user: Person
  grants: Grants
  customers: { id: string; name: string }[]
}) {
  const client = useQueryClient()
  const [matrix, setMatrix] = useState(() => readMatrix(grants))
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault | null>(null)
  const { give, end } = diffMatrix(grants, matrix)
  const given = give.map(({ role_id, customer_id }) => ({
    body: { subject_id: user.id, role_id, scope: { kind: 'customer' as const, id: customer_id } },
  }))
  const ended = end.map((grant_id) => ({ params: { grant_id } }))
  const steps = [
    ...given.map((parts) => step('grants.create', parts)),
    ...ended.map((parts) => step('grants.delete', parts)),
  ]
  // What is wider is given before what is narrower ends, so that nobody is locked out in between.
  const save = async () => {
    setBusy(true)
    setFault(null)
    try {
      for (const parts of given) await call('grants.create', parts)
      for (const parts of ended) await call('grants.delete', parts)
      notify(`The customers of ${user.name} were saved`)
    } catch (error) {
      setFault(asFault(error))
    }
    setBusy(false)
    await client.invalidateQueries()
  }
  return (
    <section aria-label="Customers" className="grid gap-2">
      <h3 className="font-semibold">Customers</h3>
      <MatrixTable customers={customers} matrix={matrix} onChange={setMatrix} />
      {steps.length === 0 ? null : <PreviewPanel steps={steps.slice(0, mostCompared)} />}
      {steps.length > mostCompared ? (
        <p className="text-muted">
          That is of the first {mostCompared} of {steps.length} changes; Save customers makes all of them.
        </p>
      ) : null}
      {fault ? <Failure fault={fault} /> : null}
      <div>
        <Button
          writes
          busy={busy}
          refusal={steps.length === 0 ? 'Nothing has been changed.' : null}
          onClick={() => void save()}
        >
          Save customers
        </Button>
      </div>
    </section>
  )
}
