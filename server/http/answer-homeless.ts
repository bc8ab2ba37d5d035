import type { OperationId } from '@zoneward/api'
import type { Context } from '../context.ts'
import { Fault } from '../fault.ts'
import { homelessMe } from '../sign-in/read-me.ts'
import type { Homeless } from './actor.ts'
import { cookieName, endedCookie } from './cookies.ts'

/** Staff whose last organization has let them go: they see who they are, and sign out. There is nothing else for them. */
export async function answerHomeless(context: Context, id: OperationId, person: Homeless): Promise<Response> {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (id === 'me.read') return Response.json(await homelessMe(context, person), { headers })
  if (id !== 'sessions.delete') {
    throw new Fault('forbidden', 'This account is in no organization now: ask for an invitation.')
  }
  await context.database.staff.kysely.deleteFrom('staff_session').where('id', '=', person.sessionId).execute()
  headers.append('set-cookie', endedCookie(cookieName('staff', context.instanceId)))
  return new Response(null, { status: 204, headers })
}
