import { expect, test } from 'vitest'
import { ask, index, people, personas, record, things } from './cast.ts'
import { decide, isAllowed } from './decide.ts'
import { type Permission, permissions } from './permissions.ts'
import { recordPermission } from './record-permission.ts'
import type { Resource, ScopeKind } from './scopes.ts'

// Who of the cast may do what with which thing, in words. A change of the model shows as a change of this file;
// `vitest run -u` writes it anew.
test('the golden table of persona, action and resource is as reviewed', async () => {
  await expect(printGoldenTable()).toMatchFileSnapshot('golden-table.txt')
})

const leafScopes: readonly ScopeKind[] = ['organization', 'customer']

function printGoldenTable(): string {
  const head =
    'yes: in the interface and by API    page: in the interface only    some: only some records or the name alone    -: no\n'
  const parts = Object.entries(things).map(([name, thing]) => `${name}\n${tableOf(actionsOn(thing))}`)
  return [head, ...parts, `records of the zone bakery.example\n${tableOf(recordActions())}`].join('\n')
}

interface Action {
  readonly words: string
  readonly permission: Permission
  readonly on: Resource
}

function actionsOn(thing: Resource): Action[] {
  const kinds = thing.kind === 'domain' ? leafScopes : [thing.kind]
  const area = thing.kind === 'domain' ? 'domains.' : ''
  return permissions
    .filter(({ id, scopeKinds }) => id.startsWith(area) && scopeKinds.some((kind) => kinds.includes(kind)))
    .map(({ id, sentence }) => ({ words: `${sentence} (${id})`, permission: id, on: thing }))
}

function recordActions(): Action[] {
  const zone = things['the zone bakery.example']
  const names: [string, string][] = [
    ['www.bakery.example', 'A'],
    ['_acme-challenge.www.bakery.example', 'TXT'],
    ['_acme-challenge.www.bakery.example', 'CNAME'],
    ['_dmarc.bakery.example', 'TXT'],
    ['*.bakery.example', 'TXT'],
    ['*.bakery.example', 'A'],
    ['shop.bakery.example', 'NS'],
    ['old.bakery.example', 'DNAME'],
    ['bakery.example', 'NS'],
    ['bakery.example', 'SOA'],
  ]
  return names.flatMap(([name, type]) => {
    const on = record(zone, name, type)
    const permission = recordPermission({ labels: name.split('.'), type, apexLabels: ['bakery', 'example'] })
    return [
      { words: `See ${type} at ${name}`, permission: 'records.view', on },
      { words: `Write ${type} at ${name} (${permission})`, permission, on },
    ]
  })
}

function tableOf(actions: readonly Action[]): string {
  const width = Math.max(...actions.map(({ words }) => words.length))
  const row = (words: string, cells: readonly string[]) =>
    `  ${[words.padEnd(width), ...cells.map((cell, at) => cell.padEnd(personas[at]?.length ?? 0))].join('  ').trimEnd()}\n`
  const rows = actions.map(({ words, ...action }) =>
    row(
      words,
      personas.map((who) => cellOf(who, action)),
    ),
  )
  return [row('', personas), ...rows].join('')
}

function cellOf(who: string, { permission, on }: Omit<Action, 'words'>): string {
  const request = ask(who, permission, on)
  const decision = decide(index, request)
  if (!decision.allowed) return '-'
  if (!isAllowed(index, { ...request, channel: 'api' })) return decision.partial ? 'page, some' : 'page'
  return decision.partial ? 'some' : 'yes'
}

test('everybody of the cast can do something', () => {
  const idle = people.filter(({ id }) =>
    Object.values(things).every((thing) => permissions.every((each) => !isAllowed(index, ask(id, each.id, thing)))),
  )
  expect(idle).toEqual([])
})
