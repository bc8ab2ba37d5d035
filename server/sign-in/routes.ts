import { sql } from 'kysely'
import { Fault, notFound } from '../fault.ts'
import { accountRequestOf } from '../http/account-request.ts'
import { cookieName, endedCookie } from '../http/cookies.ts'
import type { Routes } from '../http/routes.ts'
import { changeMe } from './change-me.ts'
import { changeOrganization } from './change-organization.ts'
import { changePassword } from './change-password.ts'
import { meOf } from './read-me.ts'
import { isSetupOpen, setUp } from './set-up.ts'
import { signIn } from './sign-in.ts'
import { endSession } from './store.ts'

export const signInRoutes = {
  'setup.read': async (request) => ({ open: await isSetupOpen(request) }),
  'setup.create': setUp,
  'portals.read': async ({ context, params }) => {
    const { rows } = await sql<{ title: string; organization: string; contact: Record<string, string> }>`
      select title, organization, contact from portal_by_slug(${params.slug})`.execute(context.database.portal.kysely)
    const [portal] = rows
    if (!portal) throw notFound()
    return { slug: params.slug, ...portal }
  },
  'sessions.create': signIn,
  'sessions.delete': async (request) => {
    const { actor, context, allowed, answerHeaders } = request
    if (actor.kind !== 'session') throw new Fault('conflict', 'An API key has no session that could end.')
    await request.write(async (tx, note) => {
      await endSession(tx, allowed, actor)
      note({ customerId: actor.portal?.customerId ?? null })
    })
    answerHeaders.append('set-cookie', endedCookie(cookieName(actor.realm, context.instanceId)))
    return null
  },
  'me.read': (request) => request.read((tx) => meOf(tx, request.actor)),
  'me.update': changeMe,
  'me.password.replace': changePassword,
  'sessions.organization.replace': (request) => changeOrganization(accountRequestOf(request)),
} satisfies Routes<
  | 'setup.read'
  | 'setup.create'
  | 'portals.read'
  | 'sessions.create'
  | 'sessions.delete'
  | 'me.read'
  | 'me.update'
  | 'me.password.replace'
  | 'sessions.organization.replace'
>
