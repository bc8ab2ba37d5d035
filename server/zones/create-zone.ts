import type { AnswerOf } from '@zoneward/api'
import { foldName, sortKey, TYPE } from '@zoneward/dns'
import { may } from '../access/authorize.ts'
import { below, findResource, zoneResource } from '../access/find-resource.ts'
import { sourceOf } from '../changes/change-source.ts'
import { howLong } from '../changes/how-long.ts'
import { soaSerial } from '../changes/serials.ts'
import { writeFirstChange } from '../changes/write-first-change.ts'
import { makeRecord, type StoredRecord } from '../changes/zone-record.ts'
import type { Tx } from '../database/pools.ts'
import { Fault, invalidField, notFound } from '../fault.ts'
import type { ActorRequest } from '../http/request.ts'
import { newId } from '../ids.ts'
import { shownName } from '../records/record-names.ts'
import { newZoneRecords } from '../zone-files/new-zone-records.ts'
import { defaultRecords } from './default-records.ts'
import { mayBeServed } from './may-be-served.ts'
import { mayTakeName } from './may-take-name.ts'
import { zoneDetail } from './present-zone.ts'
import { insertZone, setServed, zonesNamed } from './store.ts'
import { tellNameServers } from './tell-name-servers.ts'
import { isPublicSuffix, readZoneName } from './zone-name.ts'

type CreatedZone = AnswerOf<'zones.create'>

/**
 * Makes a zone at a provider, empty or from a file, with everything in it or not at all. The file is read and checked
 * before the transaction begins. A zone that another's stands in the way of is made, and not served.
 */
export async function createZone(request: ActorRequest<'zones.create'>): Promise<CreatedZone> {
  const { name: text, zone_file: file, comment } = request.body
  const read = readZoneName(text)
  if ('error' in read) throw invalidField('name', `${read.error}.`)
  const { name } = read
  await request.read((tx) => authorizeNewZone(request, tx, newId()))
  const defaults = defaultRecords(name, request.context.publicOrigin)
  const records = newZoneRecords(name, file, defaults).map((record) => makeRecord(newId(), record))
  return request.write(async (tx, note) => {
    const id = newId()
    await authorizeNewZone(request, tx, id)
    refuseOperatorsNames(request, name)
    const row = newRow(request, id, name, records)
    await refuseTwin(request, tx, row)
    const { orgId } = request.actor
    await insertZone(tx, request.allowed, orgId, { ...row, served: false })
    const source = file === undefined ? sourceOf(request.actor) : 'import'
    const changeId = await writeFirstChange(request, tx, { zoneId: id, serial: row.serial, source, comment }, records)
    // Last, since other new zones wait for this judgement until the commit.
    const served = (await mayBeServed(tx, orgId, row)) && (await mayTakeName(tx, request.actor, row))
    if (served) await setServed(tx, request.allowed, { orgId, id }, true)
    if (served) await tellNameServers(tx, { apex: row.name_key })
    note({ zoneId: id, customerId: row.customer_id, facts: factsOf(row, served, changeId) })
    return { ...(await zoneDetail(request, tx, id)), warnings: warningsOf(name, served, file === undefined) }
  }, howLong(records.length))
}

function warningsOf(name: string, served: boolean, empty: boolean): string[] {
  const held = `"${shownName(name)}" is kept but not answered: a zone of that name, or one above or below it, is answered for somebody else. The operator of this instance can settle it.`
  const begun =
    'It begins with an SOA and this server’s own names as NS records: put in those that your domain is delegated to.'
  return [...(served ? [] : [held]), ...(empty ? [begun] : [])]
}

/** A zone that is not there yet hangs below its provider and its customer already: there the permission is asked. */
async function authorizeNewZone(request: ActorRequest<'zones.create'>, tx: Tx, id: string): Promise<void> {
  const { provider_id, customer_id } = request.body
  const { orgId } = request.actor
  if (!(await findResource(tx, orgId, { kind: 'provider', id: provider_id }))) throw notFound()
  if (customer_id && !(await findResource(tx, orgId, { kind: 'customer', id: customer_id }))) throw notFound()
  await request.authorize(tx, 'zones.create', zoneResource(orgId, { id, provider_id, customer_id }))
  if (!customer_id) return
  // Whoever may make zones at the provider only gives none to a customer that it does not see.
  const customer = below(orgId, 'customer', customer_id)
  const makesThere = await may(tx, request.actor, { permission: 'zones.create', resource: customer })
  if (!makesThere) await request.authorize(tx, 'customers.view', customer)
}

function refuseOperatorsNames({ actor }: ActorRequest<'zones.create'>, name: string): void {
  if (!isPublicSuffix(name) || actor.operator) return
  const detail = `Others register names below "${shownName(name)}": only the operator of this instance makes a zone of it, signed in on the page.`
  throw new Fault('forbidden', detail, { fields: [{ path: 'name', message: detail }] })
}

function newRow({ body }: ActorRequest<'zones.create'>, id: string, name: string, records: StoredRecord[]) {
  const soa = records.find((record) => record.type === TYPE.SOA)
  return {
    id,
    provider_id: body.provider_id,
    customer_id: body.customer_id,
    name,
    name_key: foldName(name),
    sort_key: Buffer.from(sortKey(name)),
    serial: String(soa ? soaSerial(soa.rdata) : 1),
    record_count: records.length,
  }
}

async function refuseTwin(
  request: ActorRequest<'zones.create'>,
  tx: Tx,
  row: ReturnType<typeof newRow>,
): Promise<void> {
  const twins = await zonesNamed(tx, request.allowed, request.actor.orgId, row.name_key)
  if (!twins.some((twin) => twin.provider_id === row.provider_id)) return
  const message = `There is a zone "${shownName(row.name)}" at this provider already`
  throw new Fault('conflict', message, { fields: [{ path: 'name', message }] })
}

function factsOf(row: ReturnType<typeof newRow>, served: boolean, changeId: string): Record<string, unknown> {
  const { name, provider_id, customer_id, record_count: records, serial } = row
  return {
    zone: shownName(name),
    provider_id,
    customer_id,
    records,
    serial: Number(serial),
    served,
    change_id: changeId,
  }
}
