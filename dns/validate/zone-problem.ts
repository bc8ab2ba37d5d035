import { relativeName } from '../names/name-labels.ts'
import { typeName } from '../rdata/type-numbers.ts'

export type ProblemCode =
  | 'alias-conflict'
  | 'duplicate'
  | 'set-too-large'
  | 'ttl-conflict'
  | 'below-dname'
  | 'second-soa'
  | 'soa-not-at-apex'
  | 'missing-soa'
  | 'missing-ns'
  | 'out-of-zone'
  | 'below-delegation'
  | 'target-is-alias'
  | 'missing-address'

/**
 * Something about records that stand together. An error must not be saved; a warning may be meant. `owner` is the
 * normal name, `type` the type it is about, `message` a sentence for people with names relative to the apex.
 */
export type ZoneProblem = {
  severity: 'error' | 'warning'
  code: ProblemCode
  owner: string
  type: number
  message: string
}

/** The name as messages show it: quoted, relative to the apex. */
export function shownName(owner: string, apex: string): string {
  return `"${relativeName(owner, apex)}"`
}

// Types that are spoken with a vowel first although they are not written so.
const SPOKEN = /^(?:[AEIO]|MX$|NS|SRV|SOA|HTTPS|HINFO|SSHFP|SVCB|SMIMEA|SPF|RP$|RRSIG|LP$|L32|L64|X25)/

/** `an A record`, `a TXT record`. */
export function aRecord(type: number): string {
  const name = typeName(type)
  return `${SPOKEN.test(name) ? 'an' : 'a'} ${name} record`
}
