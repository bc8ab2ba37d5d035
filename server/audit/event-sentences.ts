/** What an event was about, as far as it says: names that were kept with it, or that are still known. */
export type About = { zone: string | null; customer: string | null; facts: Record<string, unknown> }

/**
 * The kinds of events in plain words: what follows the actor's name. A kind that is not listed is shown by its own
 * name, so that nothing is ever hidden.
 */
export const eventSentences: Record<string, (about: About) => string> = {
  'organization.created': (about) => `made the organization${nameIn(about)}`,
  'organization.deleted': (about) => `deleted the organization${nameIn(about)}`,
  'organization.changed': () => 'changed the settings of the organization',
  'instance.restored': () => 'restored the instance from a back-up',
  'session.created': () => 'signed in',
  'session.ended': () => 'signed out',
  'password.changed': () => 'changed the password',
  'profile.changed': ({ facts }) => `switched team features ${switchedOn(facts['team_features']) ? 'on' : 'off'}`,
  'member.removed': (about) => `removed the member${nameIn(about)}`,
  'member.joined': (about) => `joined the organization${nameIn(about)}`,
  'client_user.removed': (about) => `removed the client account${nameIn(about)}`,
  'client_user.joined': (about) => `joined the portal${nameIn(about)}`,
  'team.created': (about) => `made the team${nameIn(about)}`,
  'team.changed': (about) => `renamed the team ${renamed(about) ?? textIn(about, 'name')}`,
  'team.deleted': (about) => `deleted the team${nameIn(about)}`,
  'team.member_added': (about) => `put ${textIn(about, 'user', 'member', 'person')} into the team${teamIn(about)}`,
  'team.member_removed': (about) => `took ${textIn(about, 'user', 'member', 'person')} out of the team${teamIn(about)}`,
  'invitation.created': (about) => `invited ${textIn(about, 'email')}`,
  'invitation.resent': (about) => `sent the invitation of ${textIn(about, 'email')} again`,
  'invitation.revoked': (about) => `revoked the invitation of ${textIn(about, 'email')}`,
  'invitation.accepted': (about) => `accepted the invitation${emailIn(about)}`,
  'api_key.created': (about) => `made the API key${nameIn(about)}`,
  'api_key.revoked': (about) => `revoked the API key${nameIn(about)}`,
  'service_account.created': (about) => `made the service account${nameIn(about)}`,
  'service_account.changed': (about) => `changed the service account ${renamed(about) ?? textIn(about, 'name')}`,
  'service_account.deleted': (about) => `deleted the service account${nameIn(about)}; its keys ended`,
  'guest_link.created': (about) => `made a guest link to the zone ${zoneIn(about)}${noteIn(about)}`,
  'guest_link.revoked': (about) => `ended a guest link to the zone ${zoneIn(about)}${noteIn(about)}`,
  'proposal.created': (about) => `proposed a change of ${countIn(about)} the zone ${zoneIn(about)}`,
  'proposal.approved': (about) =>
    `approved what ${textIn(about, 'author')} proposed and changed ${countIn(about)} the zone ${zoneIn(about)}`,
  'proposal.rejected': (about) => `rejected what ${textIn(about, 'author')} proposed for the zone ${zoneIn(about)}`,
  'proposal.withdrawn': (about) => `took back a proposal for the zone ${zoneIn(about)}`,
  'customer.created': (about) => `made the customer ${about.customer ?? textIn(about, 'name')}`,
  'customer.changed': (about) => `changed the customer ${renamed(about) ?? about.customer ?? textIn(about, 'name')}`,
  'customer.deleted': (about) => `deleted the customer ${textIn(about, 'name')}`,
  'hosting.created': (about) => `made the hosting${nameIn(about)}`,
  'hosting.changed': (about) => `changed the hosting ${renamed(about) ?? textIn(about, 'name')}`,
  'hosting.deleted': (about) => `deleted the hosting${nameIn(about)}`,
  'provider.created': (about) => `added the provider${nameIn(about)}`,
  'provider.changed': (about) => `changed the provider ${renamed(about) ?? textIn(about, 'name')}`,
  'provider.deleted': (about) => `deleted the provider${nameIn(about)}`,
  'zone.created': (about) => `made the zone ${zoneIn(about)}`,
  'zone.changed': (about) => `changed ${countIn(about)} the zone ${zoneIn(about)}`,
  'zone.moved': (about) => `moved the zone ${zoneIn(about)}`,
  'zone.deleted': (about) => `deleted the zone ${zoneIn(about)}`,
  'role.created': (about) => `made the role ${roleIn(about)}, a copy of ${textIn(about, 'based_on')}`,
  'role.changed': (about) => `changed the role ${renamed(about) ?? roleIn(about)}${differenceIn(about)}`,
  'role.deleted': (about) => `deleted the role ${roleIn(about)}`,
  'customer_ceiling.changed': (about) =>
    `set what client accounts of ${about.customer ?? textIn(about, 'customer')} can hold${differenceIn(about)}`,
  'grant.created': (about) => `gave ${subjectIn(about)} the role ${roleIn(about)}${scopeIn(about)}`,
  'grant.changed': (about) => `changed the access of ${subjectIn(about)} to ${roleIn(about)}${scopeIn(about)}`,
  'grant.revoked': (about) => `took the role ${roleIn(about)} from ${subjectIn(about)}${scopeIn(about)}`,
  'zone_access.changed': (about) => `set which zones ${subjectIn(about)} sees and changes`,
  'provider_access.changed': (about) => `set which providers ${subjectIn(about)} sees`,
  'access_request.created': (about) =>
    `asked for the role ${roleIn(about)}${scopeIn(about)} for ${hoursIn(about)}: ${textIn(about, 'reason')}`,
  'access_request.granted': (about) =>
    `lent ${subjectIn(about)} the role ${roleIn(about)}${scopeIn(about)} until ${textIn(about, 'ends_at')}`,
  'access_request.refused': (about) => `refused ${subjectIn(about)} the role ${roleIn(about)}${scopeIn(about)}`,
  'access_request.withdrawn': (about) => `no longer asks for the role ${roleIn(about)}${scopeIn(about)}`,
  'access_review.opened': (about) => `began an access review of ${reviewIn(about)}`,
  'access_review.decided': (about) =>
    `went through grants of ${reviewIn(about)}: ${numberIn(about, 'confirmed')} confirmed, ${numberIn(about, 'revoked')} revoked`,
  'access_review.closed': (about) =>
    `closed the access review of ${reviewIn(about)}, with ${numberIn(about, 'undecided')} left undecided`,
  'assertion.created': (about) => `stated that this must never be possible: “${textIn(about, 'sentence')}”`,
  'assertion.deleted': (about) => `dropped the assertion “${textIn(about, 'sentence')}”`,
  'audit.exported': () => 'exported the audit log',
  'view_as.started': (about) => `began to look as ${textIn(about, 'viewed')}`,
  'view_as.ended': (about) => `ended looking as ${textIn(about, 'viewed')}`,
}

/** @example eventSentence('Anna', 'zone.deleted', { zone: 'a.example', customer: null, facts: {} }) // 'Anna deleted the zone a.example.' */
export function eventSentence(actor: string, action: string, about: About): string {
  const say = eventSentences[action]
  return `${actor} ${say ? say(about) : `did ${action}`}.`
}

function textIn({ facts }: About, ...names: string[]): string {
  for (const name of names) {
    const value = facts[name]
    if (typeof value === 'string' && value !== '') return value
    if (isNamed(value)) return value.name
  }
  return 'somebody or something'
}

function isNamed(value: unknown): value is { name: string } {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string'
}

function optional(about: About, ...names: string[]): string | null {
  return names.some((name) => typeof about.facts[name] === 'string' || isNamed(about.facts[name]))
    ? textIn(about, ...names)
    : null
}

function nameIn(about: About): string {
  const name = optional(about, 'name', 'email')
  return name === null ? '' : ` ${name}`
}

function noteIn(about: About): string {
  const note = optional(about, 'name')
  return note === null || note === 'somebody or something' ? '' : ` (${note})`
}

function renamed({ facts }: About): string | null {
  const [from, to] = [facts['from'], facts['to']]
  if (!isNamed(from)) return null
  return isNamed(to) && to.name !== from.name ? `${from.name}, now ${to.name}` : from.name
}

function emailIn(about: About): string {
  const email = optional(about, 'email')
  return email === null ? '' : ` for ${email}`
}

function teamIn(about: About): string {
  const team = optional(about, 'team', 'name')
  return team === null ? '' : ` ${team}`
}

function zoneIn(about: About): string {
  return about.zone ?? textIn(about, 'zone', 'name', 'zone_name')
}

function subjectIn(about: About): string {
  return textIn(about, 'subject', 'user')
}

function roleIn(about: About): string {
  return textIn(about, 'role', 'role_id')
}

function scopeIn(about: About): string {
  const kind = optional(about, 'scope_kind')
  const scope = optional(about, 'scope')
  return scope === null ? '' : ` on the ${kind === null ? '' : `${kind} `}${scope}`
}

function differenceIn({ facts }: About): string {
  const listOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '')
  const [added, removed] = [listOf(facts['added']), listOf(facts['removed'])]
  const parts = [added && `added ${added}`, removed && `removed ${removed}`].filter((part) => part !== '')
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`
}

function switchedOn(change: unknown): boolean {
  return typeof change === 'object' && change !== null && 'new' in change && change.new === true
}

function countIn({ facts }: About): string {
  const [added, removed] = [countOf(facts['added']), countOf(facts['removed'])]
  if (added === null || removed === null) return 'records of'
  return `records (${added} added, ${removed} removed) of`
}

function countOf(value: unknown): number | null {
  const count = typeof value === 'object' && value !== null && 'count' in value ? value.count : value
  return typeof count === 'number' ? count : null
}

function hoursIn({ facts }: About): string {
  return facts['hours'] === 1 ? 'one hour' : `${Number(facts['hours'])} hours`
}

function reviewIn({ customer }: About): string {
  return customer === null ? 'the organization' : `the customer ${customer}`
}

function numberIn({ facts }: About, name: string): number {
  const value = facts[name]
  return Array.isArray(value) ? value.length : Number(value)
}
