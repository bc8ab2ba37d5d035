import { sql } from 'kysely'
import type { Config } from '../config.ts'
import { newId } from '../ids.ts'
import { type Secret, seal } from '../secrets.ts'
import type { Mail, Mailer } from './mailer.ts'

/** What the queue carries: whose mail, and the mail itself sealed, since its link is a secret. */
export type MailJob = { orgId: string; id: string; sealed: string }

export function createMailer(config: Pick<Config, 'smtpUrl'>, secret: Secret): Mailer {
  return {
    showsLinks: config.smtpUrl === null,
    queue: async (tx, mail: Mail) => {
      const { rows } = await sql<{ org: string }>`select current_setting('app.org') as org`.execute(tx)
      const orgId = rows[0]?.org ?? ''
      const id = newId()
      const job: MailJob = { orgId, id, sealed: seal(secret, mailBinding(orgId, id), JSON.stringify(mail)) }
      await sql`select add_task('send_mail', ${JSON.stringify(job)}::json)`.execute(tx)
    },
  }
}

export function mailBinding(orgId: string, id: string) {
  return { orgId, thing: 'mail', field: id, version: 1 }
}
