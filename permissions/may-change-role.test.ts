import { describe, expect, test } from 'vitest'
import { agency, bakery, bakeryZone, clinic, customers, grants, now, person, roles, things } from './cast.ts'
import { indexGrants } from './grant-index.ts'
import type { Grant } from './grants.ts'
import { mayChangeRole, type RoleChange, type RoleHolder } from './may-change-role.ts'
import type { Asker } from './requests.ts'
import type { Role } from './roles.ts'

const own: Role = {
  id: 'custom.baker',
  name: 'Baker',
  set: 'custom',
  basedOn: 'msp.viewer',
  scopeKind: 'customer',
  realms: ['staff', 'client'],
  permissions: ['zones.view', 'records.view'],
}
const more: Role = { ...own, permissions: [...own.permissions, 'records.write'] }
const billing: Role = { ...own, permissions: [...own.permissions, 'subscription.manage'] }

const editorRole: Role = {
  ...own,
  id: 'custom.editor',
  scopeKind: 'organization',
  permissions: ['roles.manage', 'grants.manage'],
}
const atBakery = things['the customer bakery']
const book = new Map([...roles, [own.id, own], [editorRole.id, editorRole]])

function holder(to: string, narrowed: Partial<Grant> = {}): RoleHolder {
  return { grant: { subjectId: to, roleId: own.id, scope: bakery, ...narrowed }, at: atBakery, targets: [person(to)] }
}

interface Edit extends Partial<RoleChange> {
  readonly by?: string
  readonly held?: readonly Grant[]
  readonly asker?: Partial<Asker>
}

function edit({ by = 'agency-admin', held = grants, asker = {}, ...other }: Edit): string {
  const editor: Asker = { subject: person(by), now, channel: 'interface', ceilings: { customers }, ...asker }
  const change = { editor, organization: things['the agency'], before: own, after: more, holders: [], ...other }
  const judged = mayChangeRole(indexGrants(held, book), change)
  return judged.ok ? 'ok' : `${judged.refusal}: ${judged.message}`
}

const partly = (roleId: string, narrowed: Partial<Grant> = {}): Grant[] => [
  { id: 'e', subjectId: 'agency-member', roleId: editorRole.id, scope: agency },
  { id: 'w', subjectId: 'agency-member', roleId, scope: bakery, ...narrowed },
]

describe('an edit of a custom role', () => {
  test('adds what the editor holds at the organization, wherever the role is granted', () => {
    expect(edit({})).toBe('ok')
    expect(edit({ holders: [holder('bakery-viewer')] })).toBe('ok')
  })

  test('without roles.manage is refused', () => {
    expect(edit({ by: 'agency-member' })).toContain('no_roles_manage')
    expect(edit({ asker: { ceilings: { viewAs: true } } })).toContain('no_roles_manage')
  })

  test('that is refused says why', () => {
    const editor: Asker = { subject: person('agency-member'), now, channel: 'interface' }
    const change = { editor, organization: things['the agency'], before: own, after: more, holders: [] }
    const index = indexGrants(grants, book)
    expect(mayChangeRole(index, change)).toEqual({
      ok: false,
      refusal: 'no_roles_manage',
      message: 'Changing a role needs "roles.manage"',
      permission: 'roles.manage',
    })
    const admin = { ...editor, subject: person('agency-admin') }
    expect(mayChangeRole(index, { ...change, editor: admin, after: { ...more, set: 'msp' } })).toEqual({
      ok: false,
      refusal: 'invalid',
      message: 'An edit leaves the role itself what it is',
    })
  })

  test.each<[string, Partial<Role>]>([
    ['for the interface only', { interfaceOnly: true }],
    ['for clients at the organization', { clientAtOrganization: true }],
    ['passing on some roles', { passesOn: ['msp.viewer'] }],
  ])('of a role %s that stays so and loses something gives nothing more', (_, marks) => {
    const before = { ...own, permissions: [...billing.permissions], ...marks }
    expect(edit({ before, after: { ...before, permissions: ['subscription.manage'] } })).toBe('ok')
  })

  test('adds nothing that the editor does not hold, granted or not', () => {
    expect(edit({ after: billing })).toContain('permission_not_held: You do not hold "subscription.manage" here')
    expect(edit({ after: billing, holders: [holder('bakery-viewer')] })).toContain('permission_not_held')
    expect(edit({ after: billing, by: 'agency-owner' })).toBe('ok')
  })

  test('takes what is held everywhere the role is granted for enough, and not what is held elsewhere', () => {
    const held = partly('msp.block.dns_write')
    const atClinic = { ...holder('clinic-viewer', { scope: clinic }), at: things['the customer clinic'] }
    const by = 'agency-member'
    expect(edit({ by, held, holders: [holder('bakery-viewer')] })).toBe('ok')
    expect(edit({ by, held, holders: [holder('bakery-viewer'), atClinic] })).toContain('permission_not_held')
    expect(edit({ by, held })).toContain('permission_not_held')
  })

  test('stays within the editor’s end, patterns and key', () => {
    const by = 'agency-member'
    const until = (endsAt: number) => partly('msp.block.dns_write', { endsAt })
    expect(edit({ by, held: until(now + 9), holders: [holder('bakery-viewer')] })).toContain('end_beyond_own')
    expect(edit({ by, held: until(now + 9), holders: [holder('bakery-viewer', { endsAt: now + 9 })] })).toBe('ok')
    const patterns = [{ kind: 'below', labels: ['example'], types: ['TXT'] }] as const
    const narrow = partly('msp.block.dns_write', { patterns })
    expect(edit({ by, held: narrow, holders: [holder('bakery-viewer')] })).toContain('pattern_not_held')
    expect(edit({ by, held: narrow, holders: [holder('bakery-viewer', { patterns })] })).toBe('ok')
    const apiKey = { permissions: 'all', scopes: 'all', endsAt: now + 9 } as const
    expect(edit({ by: 'agency-owner', asker: { ceilings: { apiKey } } })).toContain('end_beyond_own')
  })

  test('touches nobody above the editor, whether it gives or takes', () => {
    const holders = [holder('agency-owner')]
    expect(edit({ holders })).toContain('above_oneself')
    expect(edit({ holders, before: more, after: own })).toContain('above_oneself')
    expect(edit({ holders, after: { ...own, name: 'Master baker' } })).toBe('ok')
  })

  test('wants the right to give and take where it is granted', () => {
    const roleManager: Role = {
      ...editorRole,
      permissions: ['roles.manage', 'zones.view', 'records.view', 'records.write'],
    }
    const with_ = new Map([...book, [editorRole.id, roleManager]])
    const index = indexGrants([{ id: 'e', subjectId: 'agency-member', roleId: editorRole.id, scope: agency }], with_)
    const editor: Asker = { subject: person('agency-member'), now, channel: 'interface' }
    const change = {
      editor,
      organization: things['the agency'],
      before: more,
      after: own,
      holders: [holder('bakery-viewer')],
    }
    expect(mayChangeRole(index, change)).toMatchObject({ ok: false, refusal: 'no_grants_manage' })
    expect(mayChangeRole(index, { ...change, before: own, after: more })).toMatchObject({ refusal: 'no_grants_manage' })
    expect(mayChangeRole(index, { ...change, holders: [] })).toEqual({ ok: true })
  })

  test('may be of a role that the editor holds, and gives itself nothing new', () => {
    const held = [...grants, { id: 'b', subjectId: 'agency-admin', roleId: own.id, scope: bakery }]
    expect(edit({ held, holders: [holder('agency-admin')] })).toBe('ok')
    expect(edit({ held, holders: [holder('agency-admin')], after: billing })).toContain('permission_not_held')
  })

  test.each<[string, Partial<Role>, Partial<Role>]>([
    ['opens it to another realm', { realms: ['staff'] }, {}],
    ['opens it to the API', { interfaceOnly: true }, {}],
    ['lets clients hold it at the organization', {}, { clientAtOrganization: true }],
    ['lets it pass on more roles', { passesOn: ['msp.viewer'] }, { passesOn: ['msp.viewer', 'msp.developer'] }],
    ['lets it pass on every role', { passesOn: ['msp.viewer'] }, {}],
  ])('that %s gives more, and is judged so', (_, before, after) => {
    const was = { ...own, permissions: billing.permissions, ...before }
    const is = { ...own, permissions: billing.permissions, ...after }
    expect(edit({ before: was, after: is })).toContain('permission_not_held')
    expect(edit({ before: was, after: is, by: 'agency-owner' })).toBe('ok')
    expect(edit({ before: is, after: was })).toBe('ok')
  })

  test('leaves the role itself, its place and the built-in ones alone', () => {
    const builtIn = roles.get('msp.viewer') ?? own
    expect(edit({ before: builtIn, after: { ...builtIn, name: 'Mine' } })).toContain('invalid: "Viewer" is built in')
    expect(edit({ after: { ...more, id: 'custom.other' } })).toContain('invalid')
    expect(edit({ after: { ...more, set: 'msp' } })).toContain('invalid')
    expect(edit({ after: { ...more, permissions: ['zones.eat' as never] } })).toContain(
      'invalid: There is no permission',
    )
    const elsewhere = { ...own, scopeKind: 'zone' } as const
    expect(edit({ after: elsewhere })).toBe('ok')
    expect(edit({ after: elsewhere, holders: [holder('bakery-viewer')] })).toContain('stays for a customer')
  })

  test('of what is granted at a zone is judged at the zone', () => {
    const zoneRole = { ...own, scopeKind: 'zone' } as const
    const at = things['the zone bakery.example']
    const grant = { subjectId: 'bakery-viewer', roleId: own.id, scope: bakeryZone }
    const change = { before: zoneRole, after: { ...zoneRole, permissions: more.permissions } }
    const held = partly('msp.block.dns_write')
    expect(edit({ ...change, by: 'agency-member', held, holders: [{ grant, at, targets: [] }] })).toBe('ok')
  })
})
