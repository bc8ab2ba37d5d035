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
