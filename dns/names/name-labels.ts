const UPPER = /[A-Z]/

/**
 * The key under which names compare equal: ASCII letters in lower case (RFC 4343). Takes normal names.
 *
 * @example foldName('WWW.Example.COM.')
 * // 'www.example.com.'
 */
export function foldName(name: string): string {
  return UPPER.test(name) ? name.toLowerCase() : name
}

/**
 * The labels of a normal name from left to right, each in presentation form; none for the root.
 *
 * @example labelsOf('a\\.b.example.')
 * // ['a\\.b', 'example']
 */
export function labelsOf(name: string): string[] {
  if (name === '.') return []
  if (!name.includes('\\')) return name.slice(0, -1).split('.')
  const labels: string[] = []
  let from = 0
  for (let dot = labelEnd(name, 0); dot >= 0; dot = labelEnd(name, from)) {
    labels.push(name.slice(from, dot))
    from = dot + 1
  }
  return labels
}

/** `labelsOf` with the case folded, for comparing. */
export function foldedLabels(name: string): string[] {
  return labelsOf(foldName(name))
}

/**
 * The name without its first label; undefined for the root.
 *
 * @example parentOf('www.example.com.')
 * // 'example.com.'
 */
export function parentOf(name: string): string | undefined {
  if (name === '.') return undefined
  const rest = name.slice(labelEnd(name, 0) + 1)
  return rest === '' ? '.' : rest
}

/**
 * Is `name` the ancestor itself or below it? Case does not matter.
 *
 * @example isAtOrBelow('a.Example.com.', 'example.com.')
 * // true
 */
export function isAtOrBelow(name: string, ancestor: string): boolean {
  if (ancestor === '.') return true
  const inner = foldName(name)
  const outer = foldName(ancestor)
  if (!inner.endsWith(outer)) return false
  const dot = inner.length - outer.length - 1
  return dot < 0 || (inner.charCodeAt(dot) === 46 && !isEscaped(inner, dot))
}

/**
 * How a name is shown inside its zone: `@` for the origin, without the origin below it, absolute elsewhere.
 *
 * @example relativeName('www.example.com.', 'example.com.')
 * // 'www'
 */
export function relativeName(name: string, origin: string): string {
  if (name.length === origin.length) return foldName(name) === foldName(origin) ? '@' : name
  if (!isAtOrBelow(name, origin)) return name
  return origin === '.' ? name.slice(0, -1) : name.slice(0, -origin.length - 1)
}

function labelEnd(name: string, from: number): number {
  let dot = name.indexOf('.', from)
  while (dot >= 0 && isEscaped(name, dot)) dot = name.indexOf('.', dot + 1)
  return dot
}

function isEscaped(name: string, at: number): boolean {
  let slashes = 0
  while (name.charCodeAt(at - 1 - slashes) === 92) slashes++
  return slashes % 2 === 1
}
