import { type Figure, isMet, rounded } from './figure.ts'

/** The table for people, in Markdown so that it can go into the README. */
export function printTable(figures: Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${rounded(figure.ours)} ${figure.unit}`,
    Object.entries(figure.peers)
      .map(([peer, value]) => `${peer} ${rounded(value)}`)
      .join(', ') || '–',
    goalText(figure),
    metText(figure),
    figure.note ?? '',
  ])
  const head = ['figure', 'ours', 'peers', 'goal', 'met', 'what']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function goalText({ goal, unit }: Figure): string {
  if (goal === null) return '–'
  return 'atMost' in goal ? `≤ ${rounded(goal.atMost)} ${unit}` : `≥ ${rounded(goal.atLeast)} ${unit}`
}

function metText(figure: Figure): string {
  const met = isMet(figure)
  return met === null ? '–' : met ? 'yes' : 'no'
}

/** One figure as a line of JSON. */
export function printJson(figure: Figure): string {
  const { name, unit, ours, peers, goal } = figure
  const bound = goal === null ? null : 'atMost' in goal ? goal.atMost : goal.atLeast
  return JSON.stringify({ name, unit, ours, peers, goal: bound, met: isMet(figure) })
}
