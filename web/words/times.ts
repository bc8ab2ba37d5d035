const steps: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [86_400 * 14, 86_400, 'day'],
  [86_400 * 60, 86_400 * 7, 'week'],
  [86_400 * 365, 86_400 * 30.44, 'month'],
  [Number.POSITIVE_INFINITY, 86_400 * 365.25, 'year'],
]
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How far a moment is from another, in words: "3 minutes ago", "in 6 days", "just now". */
export function tellDistance(at: string, now: number): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000)
  if (Number.isNaN(seconds)) return at
  if (Math.abs(seconds) < 10) return 'just now'
  const [, size, unit] = steps.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 86_400 * 365.25, 'year' as const]
  return relative.format(Math.round(seconds / size), unit)
}

const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })

/** The exact moment in the reader's zone. */
export function tellMoment(at: string): string {
  const moment = new Date(at)
  return Number.isNaN(moment.getTime()) ? at : exact.format(moment)
}

const number = new Intl.NumberFormat('en')

/** 1234 zones → "1,234 zones"; 1 zone → "1 zone". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number.format(amount)} ${amount === 1 ? one : many}`
}
