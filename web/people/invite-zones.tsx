import { useState } from 'react'
import { useCall } from '../api/use-call.ts'
import { FilterSelect } from '../ui/field.tsx'
import type { Named, ZoneLevel } from './invite-access.ts'

type InviteZonesProps = {
  open: boolean
  home: Named | null
  chosen: ZoneLevel[]
  onChange: (zones: ZoneLevel[]) => void
}

/** Single zones with Read only or Read & write, at once with the invitation. */
export function InviteZones({ open, home, chosen, onChange }: InviteZonesProps) {
  const [shown, setShown] = useState(false)
  const visible = open || shown || chosen.length > 0
  const query = { limit: 1000, ...(home ? { customer_id: home.id } : {}) }
  const zones = useCall('zones.list', { query }, { enabled: visible })
  const set = (zone: Named, level: string) => {
    const others = chosen.filter(({ id }) => id !== zone.id)
    onChange(level === 'read' || level === 'write' ? [...others, { ...zone, level }] : others)
  }
  return (
    <details open={visible} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary className="font-medium">Zone access</summary>
      <ul className="mt-1 grid max-h-56 gap-1 overflow-y-auto">
        {zones.data?.items.length === 0 ? <li className="text-muted">There are no zones to choose from.</li> : null}
        {zones.data?.items.map(({ id, name }) => (
          <li key={id} className="flex items-center justify-between gap-3">
            <span className="min-w-0 break-all">{name}</span>
            <FilterSelect
              label={`Access to ${name}`}
              value={chosen.find((zone) => zone.id === id)?.level ?? 'none'}
              onChange={(event) => set({ id, name }, event.target.value)}
            >
              <option value="none">No access</option>
              <option value="read">Read only</option>
              <option value="write">Read & write</option>
            </FilterSelect>
          </li>
        ))}
      </ul>
    </details>
  )
}
