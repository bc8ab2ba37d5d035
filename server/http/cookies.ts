import type { Realm } from '@zoneward/permissions'
import { parse, serialize } from 'hono/utils/cookie'

/** One cookie a realm, named with the instance: cookies ignore ports, and two instances may share a host. */
export function cookieName(realm: Realm, instanceId: string): string {
  return `__Host-zoneward-${realm}-${instanceId}`
}

export function readCookie(header: string | null, name: string): string | null {
  return header === null ? null : (parse(header, name)[name] ?? null)
}

export function sessionCookie(name: string, token: string, expires: Date): string {
  return serialize(name, token, { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', expires })
}

export function endedCookie(name: string): string {
  return serialize(name, '', { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', maxAge: 0 })
}
