type Pattern = { names: string[]; types?: string[] | undefined }

/** Record patterns on one line: "_acme-challenge.** (TXT); www (A, AAAA)". */
export function tellPatterns(patterns: Pattern[]): string {
  return patterns
    .map(({ names, types }) => `${names.join(', ')}${types?.length ? ` (${types.join(', ')})` : ''}`)
    .join('; ')
}

/** Why a narrowed field of patterns cannot be sent: it names no record, and would be read as all of them. */
export function missingPatterns(text: string): string | null {
  return text !== '' && readPatterns(text).length === 0 ? 'Write which records, or choose “Every record”.' : null
}

/** Reads what people write, one pattern a line: names, then types in brackets. Empty text is no pattern. */
export function readPatterns(text: string): { names: string[]; types?: string[] }[] {
  return text
    .split(/[\n;]/)
    .map((line) => /^([^()]*)(?:\(([^)]*)\))?\s*$/.exec(line.trim()))
    .map((parts) => ({
      names: words(parts?.[1] ?? ''),
      types: words(parts?.[2] ?? '').map((type) => type.toUpperCase()),
    }))
    .filter(({ names }) => names.length > 0)
    .map(({ names, types }) => (types.length > 0 ? { names, types } : { names }))
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
