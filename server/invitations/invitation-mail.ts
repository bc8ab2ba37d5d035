import type { Mail } from '../mail/mailer.ts'

type Parts = { to: string; organization: string; title: string | null; link: string; expiresAt: Date; message: string }

/** The mail of an invitation. Whoever invited is not named to clients: they know their provider by its name. */
export function invitationMail({ to, organization, title, link, expiresAt, message }: Parts): Mail {
  const where = title === null ? `work in ${organization}` : `use the portal ${title} of ${organization}`
  const lines = [
    `You are invited to ${where}.`,
    '',
    ...(message ? [message, ''] : []),
    'See what you are given, and accept:',
    link,
    '',
    `The link works once, until ${expiresAt.toISOString().slice(0, 10)}. If you expected no invitation, do nothing.`,
    '',
  ]
  return { to, subject: `Invitation to ${title ?? organization}`, text: lines.join('\n') }
}
