// Mistakes that others made, and how each is put back into this core: what is cut out of a file, and what is put in
// its place. `found` are titles of tests that have to fail with it.

export interface Edit {
  readonly file: string
  readonly search: string
  readonly replace: string
}

export interface Mistake {
  readonly mistake: string
  readonly edits: readonly Edit[]
  /** Test files, and of each a title that fails. */
  readonly found: readonly (readonly [file: string, title: string])[]
}

const sequences = [
  'oracle/sequences.test.ts',
  'after every step of every sequence the six answers are the oracle’s',
] as const
const decision = ['oracle/agreement.test.ts', 'the decision is the oracle’s'] as const
const cedar = ['oracle/cedar.test.ts', 'Cedar, with policies of its own'] as const

export const mistakes: readonly Mistake[] = [
  {
    mistake: 'answers of a batch are mixed up by de-duplication',
    edits: [
      {
        file: 'compare-access.ts',
        search: 'for (const pair of pairs) {',
        replace: 'for (const pair of new Map([...pairs].map((each) => [each.subjectId, each])).values()) {',
      },
    ],
    found: [['compare-access.test.ts', 'each pair is compared by itself, in order']],
  },
  {
    mistake: 'a cache key lacks a condition: what a role gives is kept without asking for patterns',
    edits: [
      {
        file: 'grant-index.ts',
        search: '  return {\n    grant,\n    role,\n    staff:',
        replace: '  bitsOfRole.set(grant.roleId, shown)\n  return {\n    grant,\n    role,\n    staff:',
      },
    ],
    found: [decision, sequences, cedar],
  },
  {
    mistake: 'ids of scopes are compared without case',
    edits: [
      {
        file: 'grant-index.ts',
        search: 'pushTo(held.byScopeId, grant.scope.id, entry)',
        replace: 'pushTo(held.byScopeId, grant.scope.id.toLowerCase(), entry)',
      },
      {
        file: 'find-reasons.ts',
        search: 'held.byScopeId.get(ancestor.id)',
        replace: 'held.byScopeId.get(ancestor.id.toLowerCase())',
      },
    ],
    found: [decision, sequences, cedar],
  },
  {
    mistake: 'ids of subjects are compared without case',
    edits: [
      {
        file: 'find-breaches.ts',
        search: 'byHolder.get(entry.grant.subjectId) ?? []',
        replace: '[...byHolder].find(([id]) => id.toLowerCase() === entry.grant.subjectId.toLowerCase())?.[1] ?? []',
      },
    ],
    found: [sequences],
  },
  {
    mistake: 'a customer and a zone of the same id are taken for each other',
    edits: [
      {
        file: 'find-reasons.ts',
        search: 'entry.grant.scope.kind !== ancestor.kind || ',
        replace: '',
      },
    ],
    found: [decision, sequences],
  },
  {
    mistake: 'duplicates eat the page’s limit: a scope that is granted twice is listed twice',
    edits: [
      {
        file: 'visible-scopes.ts',
        search: 'const ofKind = (kind: ScopeKind) => merge(entries.filter((entry) => entry.grant.scope.kind === kind))',
        replace:
          'const ofKind = (kind: ScopeKind) => entries.filter((entry) => entry.grant.scope.kind === kind).flatMap((entry) => merge([entry]))',
      },
    ],
    found: [['lists.test.ts', 'name a scope once, by however many grants it is held']],
  },
  {
    mistake: 'a removed member keeps the team’s grant: the preview still has it in the team',
    edits: [
      {
        file: 'compare-access.ts',
        search: 'spellsOf(after, pair.subjectId, pair.after)',
        replace: 'spellsOf({ ...after, people: before.people }, pair.subjectId, pair.after)',
      },
    ],
    found: [
      ['compare-access.test.ts', 'who leaves a team loses what it holds; who is gone loses everything'],
      sequences,
    ],
  },
  {
    mistake: 'who is in any team is taken for a member of each',
    edits: [
      {
        file: 'who-holds.ts',
        search: 'const request: AccessRequest = { ...question, subject }',
        replace:
          'const teamIds = subject.teamIds.length > 0 ? [...near] : []\n    const request: AccessRequest = { ...question, subject: { ...subject, teamIds } }',
      },
    ],
    found: [sequences],
  },
  {
    mistake: 'a key outlives what its owner holds: its own bounds are taken for rights',
    edits: [
      {
        file: 'decide.ts',
        search: 'return findReasons(index, request, null) && (!isApi(request) || mayUseApi(index, request))',
        replace:
          'return request.ceilings?.apiKey !== undefined || (findReasons(index, request, null) && (!isApi(request) || mayUseApi(index, request)))',
      },
    ],
    found: [decision, sequences, cedar],
  },
  {
    mistake: 'a key gives a grant that outlives it',
    edits: [{ file: 'may-grant.ts', search: ' ?? checkKeyEnd(change)', replace: '' }],
    found: [['may-grant.test.ts', 'what is given by a key ends with the key, or before']],
  },
  {
    mistake: '* crosses labels',
    edits: [
      {
        file: 'record-patterns.ts',
        search: 'const deeper = labels.length - pattern.labels.length',
        replace:
          "if (pattern.kind === 'exact' && pattern.labels[0] === '*') return endsWith(labels, pattern.labels.slice(1))\n  const deeper = labels.length - pattern.labels.length",
      },
    ],
    found: [['record-patterns.test.ts', 'no other label by a literal *'], sequences],
  },
  ...['find-reasons.ts', 'visible-scopes.ts'].map(
    (file, place): Mistake => ({
      mistake: `a grant counts at the very moment of its end, in ${file}`,
      edits: [
        place === 0
          ? { file, search: 'request.now >= entry.ends', replace: 'request.now > entry.ends' }
          : { file, search: 'now < entry.ends', replace: 'now <= entry.ends' },
      ],
      found: place === 0 ? [['decide.test.ts', 'exactly at the end'], sequences] : [sequences],
    }),
  ),
  {
    mistake: 'a key counts at the very moment of its end',
    edits: [{ file: 'ceilings.ts', search: 'key.endsAt <= now', replace: 'key.endsAt < now' }],
    found: [decision, cedar],
  },
  {
    mistake: 'a new zone under a granted customer is not covered: only what is granted itself counts',
    edits: [
      {
        file: 'find-reasons.ts',
        search: 'for (const ancestor of request.resource.ancestors) {',
        replace: 'for (const ancestor of request.resource.ancestors.slice(0, 1)) {',
      },
    ],
    found: [decision, sequences, cedar],
  },
  {
    mistake: 'a zone that moved is judged by where it was',
    edits: [
      {
        file: 'compare-access.ts',
        search: 'spellsOf(after, pair.subjectId, pair.after)',
        replace: 'spellsOf(after, pair.subjectId, pair.before ?? pair.after)',
      },
    ],
    found: [
      ['compare-access.test.ts', 'a zone that moves changes who holds it; a new zone is gained, a deleted one lost'],
      sequences,
    ],
  },
  {
    mistake: 'an NS record by who may write that name only hides others’ records',
    edits: [
      {
        file: 'patterns-cover.ts',
        search: 'const wholeBranch = hidesBelow(type) && putsRecordsInPlace(permission)',
        replace: 'const wholeBranch = false',
      },
    ],
    found: [['decide.test.ts', 'who holds a name makes no delegation there'], sequences],
  },
  {
    mistake: 'a CNAME is inserted by who may write TXT only',
    edits: [
      {
        file: 'record-patterns.ts',
        search: 'pattern.types.includes(type)) && coversName',
        replace: "pattern.types.includes(type) || type === 'CNAME') && coversName",
      },
    ],
    found: [['record-patterns.test.ts', 'no other type'], sequences],
  },
  {
    mistake: 'a type written as a number gets around the pattern',
    edits: [{ file: 'record-permission.ts', search: 'return nameOfNumber[upper] ?? upper', replace: 'return upper' }],
    found: [['record-permission.test.ts', 'TYPE']],
  },
  {
    mistake: 'an escaped dot (a\\.b) is taken for two labels',
    edits: [
      {
        file: 'record-patterns.ts',
        search: 'function endsWith(labels: readonly string[], suffix: readonly string[]): boolean {',
        replace:
          "function endsWith(labels: readonly string[], suffix: readonly string[]): boolean {\n  if (suffix.length > 0) return ['', ...labels].join('.').endsWith(['', ...suffix].join('.'))",
      },
    ],
    found: [['record-patterns.test.ts', 'an escaped dot is no border of labels'], sequences],
  },
]
