// Mistakes that others made, and how each is put back into the server: what is cut out of a file, and what is put in
// its place. With any of them the run in agreement.test.ts has to fail.

export interface Mistake {
  readonly mistake: string
  readonly file: string
  readonly search: string
  readonly replace: string
}

export const mistakes: readonly Mistake[] = [
  {
    mistake: 'a removed member keeps what the team was granted',
    file: 'server/access/people.ts',
    search: 'const teamsOf = (id: string) => (teams.get(id) ?? []).map((row) => row.team_id)',
    replace: `const known = ((peopleOf as any).known ??= new Map())
  const teamsOf = (id: string) => {
    known.set(id, [...new Set([...(known.get(id) ?? []), ...(teams.get(id) ?? []).map((row) => row.team_id)])])
    return known.get(id)
  }`,
  },
  {
    mistake: 'a key that was made before a demotion keeps what its owner had',
    file: 'server/access/held-access.ts',
    search: 'const key = ',
    replace: 'const key = actor.key ? actor.key.id : ',
  },
  {
    mistake: 'a cache key lacks the revision',
    file: 'server/access/held-access.ts',
    search: 'revision = actor.revision',
    replace: "revision = ''",
  },
  {
    mistake: 'a zone is moved between customers, and what it hangs below stays cached',
    file: 'server/access/find-resource.ts',
    search: "  const ancestors: Resource['ancestors'] = [\n    { kind: 'zone', id: zone.id },",
    replace: `  const known = ((zoneResource as any).known ??= new Map())
  if (!known.has(zone.id)) known.set(zone.id, { ...zone })
  zone = known.get(zone.id)
  const ancestors: Resource['ancestors'] = [
    { kind: 'zone', id: zone.id },`,
  },
  {
    mistake: 'answers of a batch are mixed up by de-duplication',
    file: 'server/questions/read-questions.ts',
    search: 'return questions.map((question, index) => {\n    const place',
    replace: `const once = new Map(questions.map((each, index) => [JSON.stringify(each), [each, index] as const]))
  const distinct = [...once.values()].map(([each]) => each)
  return questions.map((_, index) => {
    const question = distinct[index % distinct.length] ?? _
    const place`,
  },
  {
    mistake: 'a batch asks about one record for all of the same zone',
    file: 'server/questions/read-questions.ts',
    search: 'const about = aboutRecord(question, place, permission, pathOf(index))',
    replace: `const first = questions.find(({ resource }) => resource.id === question.resource.id) ?? question
    const about = aboutRecord(first, place, permission, pathOf(index))`,
  },
  {
    mistake: 'duplicates eat the limit of a page',
    file: 'server/zones/zone-page.ts',
    search: 'sql` union `',
    replace: 'sql` union all `',
  },
  {
    mistake: 'a grant still counts exactly at its end',
    file: 'server/access/held-access.ts',
    search: 'endsAt: row.ends_at.getTime()',
    replace: 'endsAt: row.ends_at.getTime() + 1',
  },
  {
    mistake: 'ids are compared with their case',
    file: 'api/json.ts',
    search: 'z.uuid().toLowerCase()',
    replace: 'z.uuid()',
  },
  {
    mistake: 'a list of zones forgets what a ceiling withholds',
    file: 'server/zones/zone-page.ts',
    search: 'if (exceptCustomers.length > 0)',
    replace: 'if (exceptCustomers.length > 1_000)',
  },
  {
    mistake: 'a ceiling of a customer that a provider’s grant reaches is not read',
    file: 'server/access/held-access.ts',
    search: 'if (grants.some((grant) => grant.provider_id !== null)) return eb.val(true)',
    replace: '',
  },
  {
    mistake: 'the access of a client account is read as that of the staff who ask',
    file: 'server/questions/whose-access.ts',
    search: ', realm: subject.realm }',
    replace: ' }',
  },
]
