import { count } from './times.ts'

/** How large a change is: "2 records added, 1 removed". */
export function tellSize({ added, removed }: { added: number; removed: number }): string {
  if (added === 0 && removed === 0) return 'no records changed'
  if (removed === 0) return `${count(added, 'record')} added`
  if (added === 0) return `${count(removed, 'record')} removed`
  return `${count(added, 'record')} added, ${removed} removed`
}
