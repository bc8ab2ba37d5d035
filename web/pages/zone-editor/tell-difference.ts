import { joinTxt } from '@zoneward/dns'
import { bare } from './record.ts'

export type Line = { sign: '+' | '-'; name: string; ttl: number; type: string; data: string }
type Rrset = { name: string; type: string; gone: Line[]; come: Line[]; after: string[] }

/**
 * A difference in words people know, a sentence for each name and type. `standing` answers the data that a name has of
 * a type before the change, so that a sentence can say what will be, not only what moves.
 *
 * @example tellDifference([{ sign: '+', name: 'example.com', ttl: 60, type: 'MX', data: '10 mail.example.net.' }], () => [])
 * // ['Mail for example.com will go to mail.example.net.']
 */
export function tellDifference(lines: readonly Line[], standing: (name: string, type: string) => string[]): string[] {
  const sets = new Map<string, Rrset>()
  for (const line of lines) {
    const key = `${line.name.toLowerCase()} ${line.type}`
    const set = sets.get(key) ?? { name: line.name, type: line.type, gone: [], come: [], after: [] }
    set[line.sign === '+' ? 'come' : 'gone'].push(line)
    sets.set(key, set)
  }
  return [...sets.values()].flatMap((set) => {
    const gone = new Set(set.gone.map(({ data }) => data))
    const come = set.come.map(({ data }) => data)
    const after = [...new Set([...standing(set.name, set.type).filter((data) => !gone.has(data)), ...come])]
    return tellSet({ ...set, after })
  })
}

function tellSet(set: Rrset): string[] {
  const [was] = set.gone
  const [is] = set.come
  if (set.type === 'SOA') return onlySerial(set) ? [] : [`How the zone ${set.name} is kept (SOA) changes.`]
  const same =
    set.gone.length === set.come.length && set.gone.every((line) => set.come.some(({ data }) => data === line.data))
  if (same && was && is) {
    return [
      `Answers for ${set.name} (${set.type}) may be remembered for ${tellDuration(is.ttl)}, until now ${tellDuration(was.ttl)}.`,
    ]
  }
  return (words[set.type] ?? other)(set)
}

function onlySerial({ gone, come }: Rrset): boolean {
  const rest = (line: Line | undefined) =>
    line?.data
      .split(' ')
      .filter((_, index) => index !== 2)
      .join(' ')
  return gone.length === 1 && come.length === 1 && rest(gone[0]) === rest(come[0]) && gone[0]?.ttl === come[0]?.ttl
}

const words: Record<string, (set: Rrset) => string[]> = {
  A: addresses,
  AAAA: addresses,
  CNAME: ({ name, after }) => [
    after[0]
      ? `${name} will be another name for ${bare(after[0])}.`
      : `${name} will no longer be another name for something.`,
  ],
  MX: mail,
  TXT: texts,
  NS: ({ name, after }) => [
    after.length > 0
      ? `Questions about ${name} will be answered by ${list(after.map(bare))}.`
      : `${name} will no longer be given to other name servers.`,
  ],
  SRV: ({ name, after }) => [
    after.length > 0
      ? `The service ${name} will be found at ${list(after.map(serviceAt))}.`
      : `The service ${name} will no longer be found.`,
  ],
  CAA: ({ name, after }) => [
    after.length > 0
      ? `Certificates for ${name} are limited to: ${list(after.map(authority))}.`
      : `Any authority may issue certificates for ${name}.`,
  ],
  PTR: ({ name, after }) => [
    after.length > 0
      ? `The address ${name} will have the name ${list(after.map(bare))}.`
      : `The address ${name} will have no name.`,
  ],
}

function other({ name, type, gone, come, after }: Rrset): string[] {
  if (gone.length === 0) return [`${type} for ${name} is added: ${list(come.map(({ data }) => data))}.`]
  if (after.length === 0) return [`${type} for ${name} is removed.`]
  return [`${type} for ${name} will be ${list(after)}.`]
}

function addresses({ name, type, after }: Rrset): string[] {
  const kind = type === 'A' ? 'IPv4' : 'IPv6'
  return after.length > 0
    ? [`${name} will lead to ${list(after)} (${kind}).`]
    : [`${name} will no longer lead to an ${kind} address.`]
}

function mail({ name, after }: Rrset): string[] {
  const servers = after
    .map((data) => data.split(' '))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, host]) => bare(host ?? ''))
  if (servers.length === 0) return [`${name} will no longer say where its mail goes.`]
  if (servers.length === 1 && servers[0] === '.') return [`${name} will take no mail.`]
  const [first, ...rest] = servers
  return [`Mail for ${name} will go to ${first}${rest.length > 0 ? `, then to ${list(rest)}` : ''}.`]
}

function texts({ name, gone, come }: Rrset): string[] {
  const added = come.map(({ data }) => ({
    verb: gone.some((one) => kindOf(name, one.data) === kindOf(name, data)) ? 'changes' : 'is added',
    data,
  }))
  const kinds = new Set(come.map(({ data }) => kindOf(name, data)))
  const removed = gone
    .filter(({ data }) => !kinds.has(kindOf(name, data)))
    .map(({ data }) => ({ verb: 'is removed', data }))
  return [...added, ...removed].map(
    ({ verb, data }) =>
      `${sentenceOf(name, data)} ${verb}${verb === 'is removed' ? '' : `: ${shorten(joinTxt(data))}`}.`,
  )
}

function kindOf(name: string, data: string): string {
  const text = joinTxt(data).toLowerCase()
  if (text.startsWith('v=spf1')) return 'spf'
  if (text.startsWith('v=dmarc1') || name.toLowerCase().startsWith('_dmarc.')) return 'dmarc'
  if (text.startsWith('v=dkim1') || name.toLowerCase().includes('._domainkey.')) return 'dkim'
  if (name.toLowerCase().startsWith('_acme-challenge.')) return 'acme'
  return /^[\w.-]*(?:verification|verify)[\w.-]*[=:]/.test(text) ? `proof ${text.split(/[=:]/)[0]}` : 'text'
}

function sentenceOf(name: string, data: string): string {
  const kind = kindOf(name, data)
  if (kind === 'spf') return `Who may send mail as ${name} (SPF)`
  if (kind === 'dmarc') return `What happens to forged mail from ${name.replace(/^_dmarc\./i, '')} (DMARC)`
  if (kind === 'dkim') return `A key that signs mail, ${name} (DKIM),`
  if (kind === 'acme') return `A proof for a certificate at ${name}`
  if (kind.startsWith('proof')) return `A proof of who owns ${name}`
  return `A text at ${name}`
}

function authority(data: string): string {
  const [, tag = '', value = ''] = /^\S+ (\S+) "?(.*?)"?$/.exec(data) ?? []
  if (tag === 'iodef') return `reports go to ${value}`
  const who = value.replace(/;.*/, '').trim() || 'nobody'
  return tag === 'issuewild' ? `wildcards by ${who}` : who
}

function serviceAt(data: string): string {
  const [, , port = '', target = ''] = data.split(' ')
  return target === '.' ? 'nowhere' : `${bare(target)}, port ${port}`
}

function list(items: readonly string[]): string {
  const shown = items.slice(0, 5)
  const more = items.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function shorten(text: string): string {
  return text.length > 90 ? `${text.slice(0, 88)}…` : text
}

/** 3600 → "1 hour"; 5400 → "1 hour 30 minutes". */
export function tellDuration(seconds: number): string {
  if (seconds === 0) return 'no time'
  const units: [number, string][] = [
    [604_800, 'week'],
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ]
  const parts: string[] = []
  let rest = seconds
  for (const [size, name] of units) {
    const many = Math.floor(rest / size)
    if (many > 0) parts.push(`${many} ${name}${many === 1 ? '' : 's'}`)
    rest -= many * size
  }
  return parts.slice(0, 2).join(' ')
}
