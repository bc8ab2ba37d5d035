import { CommandError } from './problem.ts'

const lengths: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A moment in UTC: as RFC 3339 writes it, or `30m`, `8h`, `14d` from now. */
export function readMoment(text: string, now = Date.now()): string {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const moment = count === undefined ? Date.parse(text) : now + Number(count) * (lengths[unit] ?? 0)
  if (Number.isNaN(moment))
    throw new CommandError(`"${text}" is no time: write 2026-12-24T18:00:00Z, or 8h for "in 8 hours".`)
  return new Date(moment).toISOString()
}
