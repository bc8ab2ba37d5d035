import type { Mail } from './mailer.ts'

/** A mail as nodemailer takes it. `to` is an address that was checked when it was kept, handed over as a value, never as text to parse. */
export function compose(mail: Mail, from: string, id: string) {
  return {
    from: { name: 'Zoneward', address: from },
    to: { name: '', address: mail.to },
    subject: mail.subject.replace(/\p{Cc}+/gu, ' '),
    text: mail.text,
    // The same mail sent twice, after a crash between sending and noting it, can be told by its id.
    messageId: `<${id}@${from.split('@')[1] ?? 'localhost'}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** The address that mails come from: of the public host, unless SMTP_URL names one as `?from=`. */
export function senderOf(publicOrigin: string, smtpUrl: string | null): string {
  const named = smtpUrl === null ? null : URL.parse(smtpUrl)?.searchParams.get('from')
  if (named) return named
  const host = new URL(publicOrigin).hostname
  return `zoneward@${/^[\d.]+$|^\[/.test(host) ? 'localhost' : host}`
}
