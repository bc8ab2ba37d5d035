import { createMongoAbility, type MongoAbility, subject as typed } from '@casl/ability'
import type { AccessRequest, Grant, Workload } from '@zoneward/permissions'
import { newEnforcer, newModel } from 'casbin'

/** Prepares one request outside the measured time, with the grants of its subject alone; the result asks it. */
export type Engine = (request: AccessRequest) => (() => boolean) | Promise<() => boolean>

/** CASL: the abilities of a subject are built once, as it recommends; the ancestors of a zone are an attribute. */
export function askCasl(workload: Workload): Engine {
  const slice = slicer(workload)
  const abilities = new Map<string, MongoAbility>()
  return (request) => {
    let ability = abilities.get(request.subject.id)
    if (!ability) {
      ability = createMongoAbility(
        slice(request).map((grant) => ({
          action: [...(workload.roles.get(grant.roleId)?.permissions ?? [])],
          subject: 'zone',
          conditions: { ancestors: grant.scope.id },
        })),
      )
      abilities.set(request.subject.id, ability)
    }
    const zone = typed('zone', { ancestors: request.resource.ancestors.map((scope) => scope.id) })
    const bound = ability
    return () => bound.can(request.permission, zone)
  }
}

const model = `
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, role
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = holds(r.sub, p.sub) && hangsBelow(r.obj, p.obj) && has(p.role, r.act)
`

/** casbin: one policy line a grant; teams, ancestors and roles through functions, its fastest way. */
export function askCasbin(workload: Workload): Engine {
  const slice = slicer(workload)
  return async (request) => {
    const enforcer = await newEnforcer(newModel(model))
    const holders = new Set([request.subject.id, ...request.subject.teamIds])
    const scopes = new Set(request.resource.ancestors.map((scope) => scope.id))
    await enforcer.addFunction('holds', (_: string, holder: string) => holders.has(holder))
    await enforcer.addFunction('hangsBelow', (_: string, scope: string) => scopes.has(scope))
    await enforcer.addFunction(
      'has',
      (role: string, act: string) =>
        workload.roles.get(role)?.permissions.includes(act as AccessRequest['permission']) ?? false,
    )
    const policies = slice(request).map((grant) => [grant.subjectId, grant.scope.id, grant.roleId])
    await enforcer.addPolicies(policies)
    return () => enforcer.enforceSync(request.subject.id, request.resource.id, request.permission)
  }
}

/** Cedar: one permit a grant; teams, ancestors and roles are its entity hierarchy. */
export async function askCedar(workload: Workload): Promise<Engine> {
  const { isAuthorized } = await import('@cedar-policy/cedar-wasm/nodejs')
  const slice = slicer(workload)
  const uid = (type: string, id: string) => ({ type, id })
  return (request) => {
    const call = {
      principal: uid('Subject', request.subject.id),
      action: uid('Action', request.permission),
      resource: uid('Scope', request.resource.id),
      context: {},
      policies: { staticPolicies: slice(request).map(policyOf).join('\n') },
      entities: [
        {
          uid: uid('Subject', request.subject.id),
          attrs: {},
          parents: request.subject.teamIds.map((id) => uid('Subject', id)),
        },
        {
          uid: uid('Scope', request.resource.id),
          attrs: {},
          parents: request.resource.ancestors.slice(1).map((scope) => uid('Scope', scope.id)),
        },
        {
          uid: uid('Action', request.permission),
          attrs: {},
          parents: rolesWith(workload, request).map((id) => uid('Action', id)),
        },
      ],
    }
    return () => {
      const answer = isAuthorized(call)
      if (answer.type === 'failure') throw new Error(`Cedar: ${JSON.stringify(answer.errors)}`)
      return answer.response.decision === 'allow'
    }
  }
}

function policyOf(grant: Grant): string {
  return `permit (principal in Subject::"${grant.subjectId}", action in Action::"${grant.roleId}", resource in Scope::"${grant.scope.id}");`
}

function rolesWith({ roles }: Workload, { permission }: AccessRequest): string[] {
  return [...roles.values()].filter((role) => role.permissions.includes(permission)).map((role) => role.id)
}

function slicer({ grants }: Workload): (request: AccessRequest) => Grant[] {
  const held = Map.groupBy(grants, (grant) => grant.subjectId)
  return ({ subject }) => [subject.id, ...subject.teamIds].flatMap((id) => held.get(id) ?? [])
}
