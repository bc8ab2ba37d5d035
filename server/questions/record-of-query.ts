import type { Permission } from '@zoneward/permissions'
import type { NamedResource } from '../access/find-resource.ts'
import { Fault, invalidField } from '../fault.ts'
import { aboutRecord } from './read-questions.ts'

type Query = { record_name?: string | undefined; record_type?: string | undefined }

/** The record that a query names, if any: by its name and its type together. */
export function recordOfQuery({ record_name: name, record_type: type }: Query) {
  if ((name === undefined) !== (type === undefined)) {
    const missing = name === undefined ? 'record_name' : 'record_type'
    throw invalidField(missing, 'A record is named by its name and its type.')
  }
  return name === undefined || type === undefined ? {} : { record: { name, type } }
}

/** As `aboutRecord`, for a query: what is wrong is told by the names that its fields have there. */
export function aboutQueriedRecord(query: Query, place: NamedResource, permission: Permission) {
  try {
    return aboutRecord(recordOfQuery(query), place, permission, '')
  } catch (error) {
    const [field] = error instanceof Fault ? (error.facts.fields ?? []) : []
    throw field ? invalidField(field.path.replace('record.', 'record_'), field.message) : error
  }
}
