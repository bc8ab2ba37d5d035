import type { KyselyPlugin } from 'kysely'

/**
 * Runs every raw query of a transaction as EXPLAIN ANALYZE, and hands on what the database says it took: milliseconds
 * of execution, without the way there, planning or reading the rows here.
 */
export function explaining(tell: (milliseconds: number) => void): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      if (node.kind !== 'RawNode') return node
      const [first = '', ...rest] = node.sqlFragments
      return { ...node, sqlFragments: [`explain (analyze, timing off, format json) ${first}`, ...rest] }
    },
    transformResult: async ({ result }) => {
      const plan = result.rows[0]?.['QUERY PLAN'] as { 'Execution Time': number }[] | undefined
      if (plan?.[0]) tell(plan[0]['Execution Time'])
      return { ...result, rows: [] }
    },
  }
}
