import { type Permission, permissionEntry } from '@zoneward/permissions'

/** What a permission allows, for the middle of a sentence: "make API keys of one's own". */
export function permissionWords(id: Permission): string {
  const { sentence } = permissionEntry(id)
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}
