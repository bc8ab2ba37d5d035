import { errorsByLine, hasApexNs, hasSoa, problemsOf, type ReadFile, readZoneFile } from './read-zone-file.ts'

/** A file as the beginning of a zone: everything that is wrong with it, and what would be made for it. */
export function checkFile(text: string, apex: string | null): ReadFile {
  const file = readZoneFile(text, apex)
  if (file.apex === null) return file
  const made = missingParts(file.apex, file)
  const problems = problemsOf(file.apex, file.records).filter(
    ({ code }) => !made.codes.includes(code) && code !== 'out-of-zone',
  )
  // Names outside are told with their own lines already.
  const errors = [...file.errors, ...errorsByLine(file, problems)].sort((a, b) => a.line - b.line)
  const warnings = problems.filter(({ severity }) => severity === 'warning').map(({ message }) => message)
  return { ...file, errors, warnings: [...file.warnings, ...made.warnings, ...warnings].slice(0, 100) }
}

/** What a new zone gets although its file does not have it. */
function missingParts(apex: string, file: ReadFile): { codes: string[]; warnings: string[] } {
  const soa = hasSoa(file.records)
  const ns = hasApexNs(file.records, apex)
  return {
    codes: [...(soa ? [] : ['missing-soa']), ...(ns ? [] : ['missing-ns'])],
    warnings: [
      ...(soa ? [] : ['The file has no SOA record: the zone begins with one of this server.']),
      ...(ns
        ? []
        : ['The file has no NS record of the zone itself: the zone begins with the name servers of this server.']),
    ],
  }
}
