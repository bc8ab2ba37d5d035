import { nextSerial, serialIsNewer, TYPE } from '@zoneward/dns'
import { zoneResource } from '../access/find-resource.ts'
import type { EventFacts } from '../audit/append-event.ts'
import type { Tx } from '../database/pools.ts'
import type { ChangeSource } from '../database/schema-zones.ts'
import { Fault, notFound } from '../fault.ts'
import type { Note } from '../http/request.ts'
import { newId } from '../ids.ts'
import { shownName } from '../records/record-names.ts'
import { tellNameServers } from '../zones/tell-name-servers.ts'
import { endOfBranch } from '../zones/zone-source.ts'
import { authorizeEdit, authorizeSome, type EditRights, writing, type ZoneRequest } from './authorize-edit.ts'
import { authorOf } from './authors.ts'
import { checkEdit, refuseErrors, type Surroundings, warningsOf } from './check-edit.ts'
import { type Difference, differenceOf, printedRecord, withoutNothings } from './difference.ts'
import { refuseStale } from './refuse-stale.ts'
import { soaSerial, withSerial } from './serials.ts'
import {
  creditAuthor,
  deleteRecords,
  insertChange,
  insertEntries,
  insertRecords,
  moveZoneSerial,
  recordsAt,
  recordsBetween,
} from './store.ts'
import { zoneForChange } from './zone-for-change.ts'
import type { StoredRecord, WritableZone, ZoneEdit } from './zone-record.ts'

export type Wish = {
  zoneId: string
  comment: string
  source: ChangeSource
  reverts?: string
  dryRun?: boolean
  /** For large imports: how long the guarded transaction may take. */
  longest?: `${number}s`
  edit(tx: Tx, zone: WritableZone): Promise<ZoneEdit>
  /** What it takes; without it, that the caller may write every record. */
  rights?: EditRights
  /** Whatever the caller's access, somebody else has to say yes first. */
  alwaysReview?: boolean
  /** The proposal that is published: its author is the author of the change. */
  proposal?: { id: string; facts: Record<string, unknown> }
}

export type Outcome = {
  changeId: string | null
  difference: Difference
  warnings: string[]
  serial: number
  /** It would be proposed, not written. */
  reviewRequired: boolean
}

/** An edit that the caller may make, and that fits the zone as it is now. */
export type Prepared = {
  zone: WritableZone
  /** As it was planned, with what it leaves as it is. */
  wanted: ZoneEdit
  edit: ZoneEdit
  warnings: string[]
  reviewRequired: boolean
}

const mostInEvent = 20

/**
 * Changes a zone, all or nothing: one writer a zone at a time, every touched record authorized before and after, what
 * cannot stand together refused, the serial moved, history and audit event written in the same transaction, and the
 * name servers told on commit. `present` makes the answer inside the transaction. Where the caller's access wants
 * review, nothing is written: `review` answers instead, or it is refused.
 */
export async function changeZone<T, R = never>(
  request: ZoneRequest,
  wish: Wish,
  present: (tx: Tx, outcome: Outcome) => Promise<T>,
  review?: (tx: Tx, note: Note, prepared: Prepared) => Promise<R>,
): Promise<T | R> {
  if (wish.dryRun) {
    return request.read(async (tx) => {
      const prepared = await prepare(request, tx, wish, false)
      return present(tx, unwritten(prepared))
    })
  }
  return request.write(
    async (tx, note) => {
      const prepared = await prepare(request, tx, wish, true)
      const { zone, edit, warnings } = prepared
      if (edit.removed.length + edit.added.length === 0) {
        note.nothing()
        return present(tx, unwritten(prepared))
      }
      if (prepared.reviewRequired) {
        if (!review) throw wantsReview()
        return review(tx, note, prepared)
      }
      const { changeId, serial } = await publish(request, tx, wish, zone, edit)
      note(eventOf(zone, changeId, wish, edit, serial))
      return present(tx, { ...unwritten(prepared), changeId, warnings, serial })
    },
    wish.longest ? { longest: wish.longest } : {},
  )
}

function unwritten({ zone, edit, warnings, reviewRequired }: Prepared): Outcome {
  const difference = differenceOf(zone, edit)
  return { changeId: null, difference, warnings, serial: Number(zone.serial), reviewRequired }
}

function wantsReview(): Fault {
  return new Fault(
    'forbidden',
    'Your access here wants review, and this cannot be proposed: propose the changes of the records one by one instead.',
  )
}

async function prepare(request: ZoneRequest, tx: Tx, wish: Wish, lock: boolean): Promise<Prepared> {
  const { orgId } = request.actor
  const { rights = writing } = wish
  const row = await zoneForChange(tx, orgId, wish.zoneId, { lock })
  if (!row) throw notFound()
  const zone = zoneResource(orgId, row)
  await refuseStale(request, tx, row, zone)
  await authorizeSome(request, tx, zone, rights)
  const wanted = await wish.edit(tx, row)
  const asked = await authorizeEdit(request, tx, { zone, apex: row.name, edit: wanted, rights })
  const edit = withoutNothings(wanted)
  if (edit.refused) throw edit.refused
  const problems = edit.problems ?? (await checkEdit(surroundingsOf(request, tx, row), edit))
  refuseErrors(problems)
  const warnings = [...edit.warnings, ...warningsOf(problems)]
  return { zone: row, wanted, edit, warnings, reviewRequired: asked || wish.alwaysReview === true }
}

/** The names around an edit, as the database has them now. */
export function surroundingsOf(request: ZoneRequest, tx: Tx, zone: WritableZone): Surroundings {
  const at = { orgId: request.actor.orgId, id: zone.id }
  return {
    apex: zone.name,
    atNames: (keys) => recordsAt(tx, request.allowed, at, keys),
    below: async (key, except) => {
      const range = { after: key, before: endOfBranch(key), limit: except.size + 1 }
      return (await recordsBetween(tx, request.allowed, at, range)).find((record) => !except.has(record.id))
    },
  }
}

async function publish(
  request: ZoneRequest,
  tx: Tx,
  wish: Wish,
  zone: WritableZone,
  edit: ZoneEdit,
): Promise<{ changeId: string; serial: number }> {
  const { allowed, actor } = request
  const at = { orgId: actor.orgId, id: zone.id }
  const before = Number(zone.serial)
  const { oldSoa, newSoa, serial } = await movedSoa(request, tx, zone, edit)
  const removed = [oldSoa, ...edit.removed.filter((record) => record.type !== oldSoa.type)]
  const added = [newSoa, ...edit.added.filter((record) => record.type !== newSoa.type)]
  const changeId = newId()
  const row = { id: changeId, zone_id: zone.id, serial_before: String(before), serial_after: String(serial) }
  await insertChange(tx, allowed, actor.orgId, { ...row, ...authorOf(actor), ...wordsOf(wish, edit) })
  if (wish.proposal) await creditAuthor(tx, allowed, changeId, wish.proposal.id)
  await insertEntries(tx, allowed, { orgId: actor.orgId, id: changeId }, removed, added)
  await deleteRecords(
    tx,
    allowed,
    at,
    removed.map((record) => record.id),
  )
  await insertRecords(tx, allowed, at, changeId, writtenBy(added, oldSoa, edit))
  const record_count = zone.record_count - edit.removed.length + edit.added.length
  await moveZoneSerial(tx, allowed, at, { serial: String(serial), record_count })
  if (zone.served) {
    const entries = removed.length + added.length
    const difference = { org: actor.orgId, change: changeId, from: before, to: serial, entries }
    await tellNameServers(tx, { apex: zone.name_key, difference })
  }
  return { changeId, serial }
}

function wordsOf(wish: Wish, edit: ZoneEdit) {
  const { source, comment, reverts = null } = wish
  return { source, comment, reverts, added: edit.added.length, removed: edit.removed.length }
}

/** Every record is now this change's, but the SOA whose serial alone moved: it keeps the change that really wrote it. */
function writtenBy(added: StoredRecord[], oldSoa: StoredRecord, edit: ZoneEdit): StoredRecord[] {
  const soaWritten = edit.added.some((record) => record.type === TYPE.SOA)
  return added.map(({ change_id: _, ...record }) =>
    record.type === TYPE.SOA && !soaWritten && oldSoa.change_id ? { ...record, change_id: oldSoa.change_id } : record,
  )
}

/** The SOA before and after, its serial moved: the author's own where that is newer. */
async function movedSoa(request: ZoneRequest, tx: Tx, zone: WritableZone, edit: ZoneEdit) {
  const at = { orgId: request.actor.orgId, id: zone.id }
  const atApex = await recordsAt(tx, request.allowed, at, [zone.sort_key])
  const oldSoa = atApex.find((record) => record.type === TYPE.SOA)
  if (!oldSoa) throw new Fault('internal', 'The zone has lost its SOA record.')
  const written = edit.added.find((record) => record.type === TYPE.SOA) ?? oldSoa
  const current = Number(zone.serial)
  const asked = edit.serial ?? soaSerial(written.rdata)
  const serial = serialIsNewer(asked, current) ? asked : nextSerial(current)
  return { oldSoa, newSoa: { ...written, rdata: withSerial(written.rdata, serial) }, serial }
}

/** Who, what (old and new), when, from where: the event says it for small changes, and names the change for large ones. */
function eventOf(zone: WritableZone, changeId: string, wish: Wish, edit: ZoneEdit, serial: number): EventFacts {
  const shown = (records: StoredRecord[]) => records.slice(0, mostInEvent).map(printedRecord)
  return {
    zoneId: zone.id,
    customerId: zone.customer_id,
    facts: {
      zone: shownName(zone.name),
      change_id: changeId,
      source: wish.source,
      comment: wish.comment,
      serial: { from: Number(zone.serial), to: serial },
      removed: { count: edit.removed.length, records: shown(edit.removed) },
      added: { count: edit.added.length, records: shown(edit.added) },
      ...(wish.reverts ? { reverts: wish.reverts } : {}),
      ...wish.proposal?.facts,
    },
  }
}
