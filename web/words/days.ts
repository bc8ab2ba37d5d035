/** The last moment of a day that a date field gave, in the reader's zone; null for an empty field. */
export function endOfDay(day: string): string | null {
  if (day === '') return null
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) ? null : end.toISOString()
}

/** The first moment of a day; null for an empty field. */
export function startOfDay(day: string): string | null {
  if (day === '') return null
  const start = new Date(`${day}T00:00:00`)
  return Number.isNaN(start.getTime()) ? null : start.toISOString()
}

/** The day so many days from now, as a date field has it, in the reader's zone. */
export function dayIn(days: number): string {
  const at = new Date()
  at.setDate(at.getDate() + days)
  return dayOf(at.toISOString())
}

/** The day of a moment, as a date field has it, in the reader's zone. */
export function dayOf(moment: string): string {
  const at = new Date(moment)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}
