import { useEffect } from 'react'
import { guestToken } from '../../api/call.ts'
import { useCall } from '../../api/use-call.ts'
import { Icon } from '../../ui/icons.tsx'
import { Failure, Skeleton } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { GuestRecords } from './guest-records.tsx'

/** What a guest link opens: chosen records of one zone, without an account. */
export function GuestPage() {
  useEffect(() => {
    document.documentElement.dataset['layout'] = 'portal'
  }, [])
  return (
    <main id="content" className="mx-auto grid w-full max-w-5xl gap-5 px-4 py-8 sm:px-6">
      <p className="flex items-center gap-2.5 font-semibold">
        <img src="/icon.svg" alt="" className="size-7 rounded" />
        Zoneward
      </p>
      {guestToken() === undefined ? <Over /> : <Guest />}
    </main>
  )
}

function Guest() {
  const guest = useCall('guest.read', {})
  const name = guest.data?.zone.name
  useEffect(() => {
    document.title = `${name ?? 'Guest'} · Zoneward`
  }, [name])
  if (guest.error?.code === 'unauthenticated' || guest.error?.code === 'not_found') return <Over />
  if (guest.error) {
    return (
      <>
        <h1 className="text-xl font-semibold tracking-tight">Guest link</h1>
        <Failure fault={guest.error} onRetry={() => void guest.refetch()} />
      </>
    )
  }
  if (!guest.data) return <Skeleton />
  const { zone, provider, may_propose, ends_at } = guest.data
  return (
    <>
      <header className="grid gap-1">
        <h1 className="text-xl font-semibold tracking-tight break-words">Records of {zone.name}</h1>
        <p className="max-w-2xl text-muted">
          {provider} looks after this zone and shows you these records.{' '}
          {may_propose
            ? 'You can propose changes; nothing is in force before somebody there approves it.'
            : 'You can read them, not change them.'}{' '}
          The link ends <Time at={ends_at} />.
        </p>
      </header>
      <GuestRecords guest={guest.data} />
    </>
  )
}

function Over() {
  return (
    <div className="grid gap-3 rounded-xl border border-line bg-surface p-6">
      <h1 className="flex items-center gap-2 text-xl font-semibold tracking-tight">
        <Icon name="link" className="size-5 text-muted" />
        This link opens nothing
      </h1>
      <p className="text-muted">
        It has ended, was taken back, or was cut short on its way. Ask whoever gave it to you for a new one.
      </p>
    </div>
  )
}
