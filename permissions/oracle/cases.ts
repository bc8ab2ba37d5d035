import fc from 'fast-check'

// Mutation testing asks the same few questions of every mutant, so that chance kills none.
const seed = process.env['ZONEWARD_SEED']
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })

/** How many random cases: those of every day, those of the long run, or as many as ZONEWARD_CASES says. */
export function casesOf(everyDay: number, long: number): number {
  const wanted = process.env['ZONEWARD_CASES']
  if (wanted !== undefined) return Number(wanted)
  return process.env['ZONEWARD_LONG'] === undefined ? everyDay : long
}
