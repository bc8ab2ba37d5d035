import {
  isAtOrBelow,
  joinRdata,
  parseName,
  parseRdata,
  printRdata,
  rdataFields,
  splitRdata,
  toAsciiName,
  typeNumber,
} from '@zoneward/dns'
import { readOwner, type Values } from './record.ts'
import { sentence } from './sentence.ts'

/** What stands in the form: texts as they are typed, one for each field of the type, or the data as a whole. */
export type Draft = { owner: string; type: string; ttl: string; fields: string[]; raw: string; asRaw: boolean }

export type DraftErrors = { owner?: string; type?: string; ttl?: string; data?: string; fields: Record<number, string> }

const mostTtl = 2_147_483_647

export function newDraft(type = 'A'): Draft {
  return { owner: '', type, ttl: '3600', fields: blankFields(type), raw: '', asRaw: fieldsOf(type).length === 0 }
}

export function draftOf(values: Values): Draft {
  const { owner, type, ttl, data } = values
  const split = splitRdata(typeNumber(type) ?? 0, data)
  const hasFields = fieldsOf(type).length > 0 && 'values' in split
  return {
    owner,
    type,
    ttl: String(ttl),
    fields: hasFields ? split.values : blankFields(type),
    raw: data,
    asRaw: !hasFields,
  }
}

export function fieldsOf(type: string) {
  return rdataFields(typeNumber(type) ?? 0)
}

/** Another type keeps what fits: the one value of a type with one field, the TTL, the name. */
export function withType(draft: Draft, type: string): Draft {
  const from = fieldsOf(draft.type)
  const to = fieldsOf(type)
  const carried = (index: number) => {
    const at = from.findIndex(({ kind, name }) => kind === to[index]?.kind && name === to[index]?.name)
    return at < 0 ? (defaults[`${type}.${to[index]?.name}`] ?? '') : (draft.fields[at] ?? '')
  }
  return { ...draft, type, fields: to.map((_, index) => carried(index)), asRaw: to.length === 0, raw: '' }
}

const defaults: Record<string, string> = {
  'MX.preference': '10',
  'SRV.priority': '0',
  'SRV.weight': '0',
  'CAA.flags': '0',
  'CAA.tag': 'issue',
  'HTTPS.priority': '1',
  'HTTPS.target': '.',
  'SVCB.priority': '1',
  'TLSA.usage': '3',
  'TLSA.selector': '1',
  'TLSA.matchingType': '1',
}

function blankFields(type: string): string[] {
  return fieldsOf(type).map(({ name }) => defaults[`${type}.${name}`] ?? '')
}

/** The values that a form stands for, or what is wrong in which field. */
export function readDraft(draft: Draft, apex: string): { values: Values } | { errors: DraftErrors } {
  const errors: DraftErrors = { fields: {} }
  const owner = readOwner(draft.owner, apex)
  if ('error' in owner) errors.owner = sentence(owner.error)
  const ttl = readTtl(draft.ttl)
  if (ttl === null) errors.ttl = 'A time such as 3600, 1h or 2d.'
  const type = typeNumber(draft.type.trim().toUpperCase())
  if (type === undefined) {
    errors.type = 'Write a type such as HTTPS, or TYPE65.'
    return { errors }
  }
  const data = draft.asRaw ? readRaw(type, draft.raw, apex) : readFields(draft, apex, errors)
  if ('error' in data) {
    if (Object.keys(errors.fields).length === 0) errors.data = sentence(data.error)
    return { errors }
  }
  if ('error' in owner || ttl === null) return { errors }
  return { values: { owner: owner.owner, type: draft.type.trim().toUpperCase(), ttl, data: data.text } }
}

function readRaw(type: number, text: string, apex: string): { text: string } | { error: string } {
  if (text.trim() === '') return { error: 'Write the data as a zone file has it.' }
  const parsed = parseRdata(type, text.trim(), apex)
  return 'error' in parsed ? parsed : { text: printRdata(type, parsed.rdata) }
}

/** All fields joined. What is wrong is told at the field whose name the message carries. */
function readFields(draft: Draft, apex: string, errors: DraftErrors): { text: string } | { error: string } {
  const type = typeNumber(draft.type) ?? 0
  const fields = fieldsOf(draft.type)
  const values = fields.map(({ kind, name }, index) => {
    const value = kind === 'strings' ? (draft.fields[index] ?? '') : (draft.fields[index] ?? '').trim()
    const missing = value === '' && !optional.has(kind)
    if (missing) errors.fields[index] = `${fieldLabel(name)} is missing.`
    if (kind !== 'name') return value
    const ascii = toAsciiName(value)
    if ('error' in ascii) errors.fields[index] = sentence(ascii.error)
    return meantTarget(value, apex) ?? value
  })
  if (Object.keys(errors.fields).length > 0) return { error: '' }
  const joined = joinRdata(type, values, apex)
  if ('text' in joined) {
    const parsed = parseRdata(type, joined.text, apex)
    return 'error' in parsed ? parsed : { text: printRdata(type, parsed.rdata) }
  }
  const at = fields.findIndex(({ name }) => joined.error.startsWith(`${draft.type} ${name}: `))
  if (at >= 0) errors.fields[at] = sentence(joined.error.slice(`${draft.type} ${fields[at]?.name}: `.length))
  return joined
}

const optional = new Set([
  'optionalString',
  'optionalBase64',
  'serviceParams',
  'typeBitmap',
  'fullTypeBitmap',
  'names',
  'text',
  'string',
])

/** Seconds from what people write: 3600, 1h, 2d, 1h30m; null for anything else. */
export function readTtl(text: string): number | null {
  const written = text.trim().toLowerCase()
  if (!/^(?:\d+|(?:\d+[wdhms])+)$/.test(written)) return null
  const unit: Record<string, number> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 }
  const total = /^\d+$/.test(written)
    ? Number(written)
    : [...written.matchAll(/(\d+)([wdhms])/g)].reduce(
        (sum, [, many, one]) => sum + Number(many) * (unit[one ?? ''] ?? 0),
        0,
      )
  return total <= mostTtl ? total : null
}

/** "keyTag" → "Key tag". */
export function fieldLabel(name: string): string {
  return sentence(name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
}

/** The normal name that a name in the data stands for: what ends in the zone's name is whole, as for owners. */
export function meantTarget(text: string, apex: string): string | undefined {
  const ascii = toAsciiName(text.trim())
  if ('error' in ascii) return undefined
  const whole = parseName(ascii.text.endsWith('.') ? ascii.text : `${ascii.text}.`)
  if ('name' in whole && (ascii.text.endsWith('.') || (apex !== '.' && isAtOrBelow(whole.name, apex))))
    return whole.name
  const completed = parseName(ascii.text, apex)
  return 'name' in completed ? completed.name : undefined
}
