import { Link } from './link.tsx'

/** One number of an overview, leading to what it counts. */
export function Stat({ label, value, to }: { label: string; value: number; to?: string | undefined }) {
  const inside = (
    <>
      <span className="block text-2xl font-semibold tracking-tight">{new Intl.NumberFormat('en').format(value)}</span>
      <span className="block text-muted">{label}</span>
    </>
  )
  const frame = 'block rounded-lg border border-line bg-surface px-4 py-3'
  return to ? (
    <Link to={to} className={`${frame} hover:bg-hover`}>
      {inside}
    </Link>
  ) : (
    <div className={frame}>{inside}</div>
  )
}
