/** One measured figure: ours, peers measured in the same run on the same input, and the goal. */
export type Figure = {
  name: string
  unit: string
  ours: number
  peers: Record<string, number>
  /** null: shown for comparison only. */
  goal: { atMost: number } | { atLeast: number } | null
  /** What was measured, in a few words. */
  note?: string
}

export function isMet(figure: Figure): boolean | null {
  if (figure.goal === null) return null
  return 'atMost' in figure.goal ? figure.ours <= figure.goal.atMost : figure.ours >= figure.goal.atLeast
}

/** The value that a share of the sorted samples lies below. `share` from 0 to 1. */
export function percentile(samples: number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Three significant digits: more would pretend. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3))
}
