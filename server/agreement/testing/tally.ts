// How much was compared, so that a test can say that everything happened.

export const tally = new Map<string, number>()

export function count(what: string, times = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + times)
}
