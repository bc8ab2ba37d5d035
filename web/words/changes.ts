import { count } from './times.ts'

/** How large a change is: "2 records added, 1 removed". */
export function tellSize({ added, removed }: { added: number; removed: number }): string {
  if (added === 0 && removed === 0) return 'no records changed'
  if (removed === 0) return `${count(added, 'record')} added`
  if (added === 0) return `${count(removed, 'record')} removed`
  return `${count(added, 'record')} added, ${removed} removed`
}

/** Where a change came from. */
export const sourceWords = {
  console: 'in the console',
  portal: 'in the portal',
  api: 'through the API',
  cli: 'on the command line',
  import: 'by import',
  revert: 'by reverting',
  demo: 'with the example data',
} as const
