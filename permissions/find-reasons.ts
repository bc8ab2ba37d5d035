import { customerWithholds } from './ceilings.ts'
import { bitsFor, type GrantIndex, hasBit, type IndexedGrant } from './grant-index.ts'
import { patternsCover } from './patterns-cover.ts'
import { permissionNumber } from './permissions.ts'
import type { AccessRequest, Asker } from './requests.ts'
import { isApi } from './requests.ts'

/** A grant that counts, and the subject that holds it: the one who asks, or one of its teams. */
export interface FoundReason {
  readonly entry: IndexedGrant
  readonly holderId: string
}

/**
 * The one place that decides whether grants carry a request, ceilings aside. Stops at the first that does, unless
 * `found` is there to collect them all; without it nothing is allocated, since every request comes through here.
 * `anyRecord` takes patterned grants whatever record they cover, for questions about which records there are.
 */
export function findReasons(
  index: GrantIndex,
  request: AccessRequest,
  found: FoundReason[] | null,
  anyRecord = false,
): boolean {
  const number = permissionNumber.get(request.permission)
  if (number === undefined) return false
  let any = findHeldBy(index, request, request.subject.id, number, found, anyRecord)
  if (any && found === null) return true
  for (const teamId of request.subject.teamIds) {
    if (findHeldBy(index, request, teamId, number, found, anyRecord)) {
      any = true
      if (found === null) return true
    }
  }
  return any
}

function findHeldBy(
  index: GrantIndex,
  request: AccessRequest,
  holderId: string,
  number: number,
  found: FoundReason[] | null,
  anyRecord: boolean,
): boolean {
  const held = index.bySubject.get(holderId)
  if (held === undefined) return false
  let any = false
  for (const ancestor of request.resource.ancestors) {
    const entries = held.byScopeId.get(ancestor.id)
    if (entries === undefined) continue
    for (const entry of entries) {
      if (entry.grant.scope.kind !== ancestor.kind || !carries(entry, request, number, anyRecord)) continue
      if (found === null) return true
      found.push({ entry, holderId })
      any = true
    }
  }
  return any
}

function carries(entry: IndexedGrant, request: AccessRequest, number: number, anyRecord: boolean): boolean {
  if (!hasBit(bitsFor(entry, request.subject.realm), number)) return false
  if (request.now < entry.starts || request.now >= entry.ends) return false
  if (entry.role?.interfaceOnly === true && isApi(request)) return false
  const { patterns } = entry.grant
  return patterns === undefined || anyRecord || patternsCover(patterns, request.permission, request.resource.record)
}

/** Whether some live grant, anywhere, opens the API to whoever asks. Not asked for the browser's session. */
export function mayUseApi(index: GrantIndex, asker: Asker): boolean {
  if (opensApi(index, asker, asker.subject.id)) return true
  for (const teamId of asker.subject.teamIds) if (opensApi(index, asker, teamId)) return true
  return false
}

const apiUse = permissionNumber.get('api.use') ?? -1

function opensApi(index: GrantIndex, asker: Asker, holderId: string): boolean {
  for (const entry of index.bySubject.get(holderId)?.apiUse ?? none) {
    const { scope } = entry.grant
    if (asker.now < entry.starts || asker.now >= entry.ends) continue
    if (!hasBit(bitsFor(entry, asker.subject.realm), apiUse)) continue
    const withheld = asker.subject.realm === 'client' && scope.kind === 'customer'
    if (!withheld || !customerWithholds(asker.ceilings, scope.id, 'api.use')) return true
  }
  return false
}

const none: readonly IndexedGrant[] = []
