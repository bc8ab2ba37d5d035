import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Context } from '../context.ts'
import { open } from '../secrets.ts'
import { compose, senderOf } from './compose.ts'
import { type MailJob, mailBinding } from './create-mailer.ts'
import type { Mail } from './mailer.ts'

type Parts = Pick<Context, 'config' | 'secret' | 'publicOrigin' | 'log'>

/** The task that sends queued mails: over SMTP, or into the outbox folder. A failure is tried again by the queue. */
export function sendMailTask({ config, secret, publicOrigin, log }: Parts): (payload: unknown) => Promise<void> {
  const from = senderOf(publicOrigin, config.smtpUrl)
  const smtp = config.smtpUrl === null ? null : createTransport(withoutSender(config.smtpUrl))
  return async (payload) => {
    const { orgId, id, sealed } = payload as MailJob
    const plain = open(secret, mailBinding(orgId, id), sealed)
    if (plain === null) {
      log.error({ mail: id }, 'a queued mail cannot be opened with this secret file, and is dropped')
      return
    }
    const mail = JSON.parse(plain.toString('utf8')) as Mail
    if (smtp) await smtp.sendMail(compose(mail, from, id))
    else await writeToOutbox(join(config.dataFolder, 'outbox'), mail, from, id)
    log.debug({ mail: id }, smtp ? 'a mail was sent' : 'a mail was written to the outbox')
  }
}

async function writeToOutbox(folder: string, mail: Mail, from: string, id: string): Promise<void> {
  const written = await createTransport({ streamTransport: true, buffer: true }).sendMail(compose(mail, from, id))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${id}.eml`)
  await writeFile(`${file}.part`, written.message as Buffer, { mode: 0o600 })
  await rename(`${file}.part`, file)
}

function withoutSender(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  url.searchParams.delete('from')
  return url.href
}
