// Names × types, so simple that "is A within B" and "A and B" are decidable. Never a regular expression.

/**
 * - `exact`: this name. A label `*` is the owner of a DNS wildcard itself and matches no other label.
 * - `below`: this name and everything below it, `**.example.com`.
 * - `strictly_below`: everything below it, without itself, `+.example.com`.
 * - `first_label`: any name that starts with this label, `_acme-challenge.**`; with `under`, only below that name.
 */
export type NamePattern =
  | { readonly kind: 'exact' | 'below' | 'strictly_below'; readonly labels: readonly string[] }
  | { readonly kind: 'first_label'; readonly label: string; readonly under?: readonly string[] }

/** Names and the record types at them; types in capitals. Labels unescaped, case-folded, without the root. */
export type RecordPattern = NamePattern & { readonly types: 'all' | readonly string[] }

const root: readonly string[] = []

/**
 * Whether a record of this type at this name is among the pattern's.
 * @example covers({ kind: 'below', labels: ['example', 'com'], types: ['TXT'] }, ['a', 'example', 'com'], 'TXT') // true
 */
export function covers(pattern: RecordPattern, labels: readonly string[], type: string): boolean {
  return (pattern.types === 'all' || pattern.types.includes(type)) && coversName(pattern, labels)
}

/**
 * Whether the pattern holds everything below this name too. A delegation or a DNAME hides all that stands below it,
 * so who writes one has to hold all these names.
 * @example coversBelow({ kind: 'exact', labels: ['www', 'example', 'com'] }, ['www', 'example', 'com']) // false
 */
export function coversBelow(pattern: NamePattern, labels: readonly string[]): boolean {
  return (pattern.kind === 'below' || pattern.kind === 'strictly_below') && endsWith(labels, pattern.labels)
}

export function coversName(pattern: NamePattern, labels: readonly string[]): boolean {
  if (pattern.kind === 'first_label') {
    const under = pattern.under ?? root
    return labels.length > under.length && labels[0] === pattern.label && endsWith(labels, under)
  }
  const deeper = labels.length - pattern.labels.length
  if (pattern.kind === 'exact' ? deeper !== 0 : pattern.kind === 'strictly_below' && deeper < 1) return false
  return endsWith(labels, pattern.labels)
}

/**
 * Whether every record of `inner` is one of `outer`.
 * @example isWithin({ kind: 'exact', labels: ['a', 'b'], types: 'all' }, { kind: 'below', labels: ['b'], types: 'all' }) // true
 */
export function isWithin(inner: RecordPattern, outer: RecordPattern): boolean {
  const { types } = inner
  if (types !== 'all' && types.length === 0) return true
  const allowed = outer.types
  if (allowed !== 'all' && (types === 'all' || !types.every((type) => allowed.includes(type)))) return false
  return namesWithin(inner, outer)
}

function namesWithin(inner: NamePattern, outer: NamePattern): boolean {
  if (inner.kind === 'exact') return coversName(outer, inner.labels)
  if (outer.kind === 'exact') return false
  if (outer.kind === 'first_label') {
    const sameLabel = inner.kind === 'first_label' && inner.label === outer.label
    return sameLabel && endsWith(inner.under ?? root, outer.under ?? root)
  }
  const top = inner.kind === 'first_label' ? (inner.under ?? root) : inner.labels
  const strict = outer.kind === 'strictly_below' && inner.kind === 'below'
  return endsWith(top, outer.labels) && (!strict || top.length > outer.labels.length)
}

/**
 * Whether each of `inner` is within `outer`, type by type.
 * @example areWithin([{ kind: 'exact', labels: ['a'], types: ['A', 'TXT'] }], [{ kind: 'exact', labels: ['a'], types: ['A'] }]) // false
 */
export function areWithin(inner: readonly RecordPattern[], outer: readonly RecordPattern[]): boolean {
  return notWithin(inner, outer).length === 0
}

/**
 * What of `inner` lies within none of `outer`; of a pattern with some types, those types. Names are not cut up: who
 * writes a delegation needs one pattern that holds the whole branch.
 */
export function notWithin(inner: readonly RecordPattern[], outer: readonly RecordPattern[]): RecordPattern[] {
  return inner.flatMap((each): RecordPattern[] => {
    const { types } = each
    if (types === 'all') return outer.some((wide) => isWithin(each, wide)) ? [] : [each]
    const left = types.filter((type) => !outer.some((wide) => isWithin({ ...each, types: [type] }, wide)))
    return left.length === 0 ? [] : [left.length === types.length ? each : { ...each, types: left }]
  })
}

/**
 * The records that both have, as none, one or two patterns: the names that start with a label and stand at or below a
 * name can be that name itself and those below it.
 * @example intersect({ kind: 'below', labels: ['b'], types: 'all' }, { kind: 'strictly_below', labels: ['b'], types: ['A'] })
 * // [{ kind: 'strictly_below', labels: ['b'], types: ['A'] }]
 */
export function intersect(left: RecordPattern, right: RecordPattern): RecordPattern[] {
  const types = commonTypes(left.types, right.types)
  if (types !== 'all' && types.length === 0) return []
  return commonNames(left, right).map((names) => ({ ...names, types }))
}

/** The records that are in one of `left` and in one of `right`, without patterns that lie within others. */
export function intersectAll(left: readonly RecordPattern[], right: readonly RecordPattern[]): RecordPattern[] {
  const common = left.flatMap((one) => right.flatMap((other) => intersect(one, other)))
  return withoutCovered(common)
}

/** Drops patterns that lie within another of the list. */
export function withoutCovered(patterns: readonly RecordPattern[]): RecordPattern[] {
  return patterns.filter(
    (each, place) =>
      !patterns.some((other, at) => at !== place && isWithin(each, other) && (at < place || !isWithin(other, each))),
  )
}

function commonTypes(left: RecordPattern['types'], right: RecordPattern['types']): RecordPattern['types'] {
  if (left === 'all') return right
  if (right === 'all') return left
  return left.filter((type) => right.includes(type))
}

function commonNames(left: NamePattern, right: NamePattern): NamePattern[] {
  if (left.kind === 'exact') return coversName(right, left.labels) ? [namesOf(left)] : []
  if (right.kind === 'exact') return commonNames(right, left)
  if (left.kind === 'first_label') return commonWithFirstLabel(left, right)
  if (right.kind === 'first_label') return commonWithFirstLabel(right, left)
  const [deep, high] = left.labels.length >= right.labels.length ? [left, right] : [right, left]
  if (!endsWith(deep.labels, high.labels)) return []
  const sameTop = deep.labels.length === high.labels.length
  const strict = deep.kind === 'strictly_below' || (sameTop && high.kind === 'strictly_below')
  return [{ kind: strict ? 'strictly_below' : 'below', labels: deep.labels }]
}

type FirstLabel = Extract<NamePattern, { kind: 'first_label' }>

function commonWithFirstLabel(first: FirstLabel, other: NamePattern): NamePattern[] {
  const under = first.under ?? root
  if (other.kind === 'first_label' && other.label !== first.label) return []
  const top = other.kind === 'first_label' ? (other.under ?? root) : other.labels
  const common: NamePattern[] = []
  if (endsWith(top, under)) common.push({ kind: 'first_label', label: first.label, under: top })
  else if (endsWith(under, top)) common.push({ kind: 'first_label', label: first.label, under })
  if (other.kind === 'below' && coversName(first, top)) common.push({ kind: 'exact', labels: top })
  return common.map(namesOf)
}

function namesOf(pattern: NamePattern): NamePattern {
  if (pattern.kind !== 'first_label') return { kind: pattern.kind, labels: pattern.labels }
  const { kind, label, under } = pattern
  return under === undefined || under.length === 0 ? { kind, label } : { kind, label, under }
}

function endsWith(labels: readonly string[], suffix: readonly string[]): boolean {
  const skip = labels.length - suffix.length
  if (skip < 0) return false
  for (let place = suffix.length - 1; place >= 0; place--) {
    if (labels[skip + place] !== suffix[place]) return false
  }
  return true
}
