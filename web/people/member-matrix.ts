// A Member's rights at customers: customer × kind × none, read, write. Each cell that is not "none" is one grant of a
// building block such as msp.block.dns_write.

export const kinds = ['dns', 'domains', 'websites', 'dmarc'] as const
export type Kind = (typeof kinds)[number]
export type Level = 'none' | 'read' | 'write'
type Given = { id: string; role_id: string; scope: { kind: string; id: string } }

/** Levels by customer and kind; what is absent is "none". */
export type Matrix = ReadonlyMap<string, Level>

export function cellOf(customerId: string, kind: Kind): string {
  return `${customerId} ${kind}`
}

/** The role that a cell stands for: `msp.block.dns_read`. */
export function blockOf(kind: Kind, level: 'read' | 'write'): string {
  return `msp.block.${kind}_${level}`
}

/** The matrix that somebody's grants make; where both levels were given, the wider one shows. */
export function readMatrix(grants: readonly Given[]): Matrix {
  const matrix = new Map<string, Level>()
  for (const { role_id, scope } of grants) {
    const parts = /^msp\.block\.(dns|domains|websites|dmarc)_(read|write)$/.exec(role_id)
    if (!parts || scope.kind !== 'customer') continue
    const cell = cellOf(scope.id, parts[1] as Kind)
    if (matrix.get(cell) !== 'write') matrix.set(cell, parts[2] as Level)
  }
  return matrix
}

/** The cells that are not "none", as roles at customers. */
export function wishesOf(matrix: Matrix): { role_id: string; customer_id: string }[] {
  return [...matrix].flatMap(([cell, level]) => {
    const [customer_id = '', kind] = cell.split(' ')
    return level === 'none' ? [] : [{ role_id: blockOf(kind as Kind, level), customer_id }]
  })
}

/** What is to be given and which grants are to end, so that the grants become the matrix. */
export function diffMatrix(grants: readonly Given[], wanted: Matrix) {
  const wishes = wishesOf(wanted)
  const same = (grant: Given, wish: { role_id: string; customer_id: string }) =>
    grant.role_id === wish.role_id && grant.scope.id === wish.customer_id
  const blocks = grants.filter(({ role_id, scope }) => role_id.startsWith('msp.block.') && scope.kind === 'customer')
  return {
    give: wishes.filter((wish) => !blocks.some((grant) => same(grant, wish))),
    end: blocks.filter((grant) => !wishes.some((wish) => same(grant, wish))).map(({ id }) => id),
  }
}
