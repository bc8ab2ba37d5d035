import type { Mail } from '../mail/mailer.ts'
import type { ShownRequest } from './present-requests.ts'

type Asked = { sentence: string; hours: number; reason: string }

/** The mail to somebody who could grant what was asked for. */
export function askingMail({ to, who, link, asked }: { to: string; who: string; link: string; asked: Asked }): Mail {
  const lines = [
    `${who} asks for ${hoursText(asked.hours)}, to ${asked.sentence}.`,
    '',
    `The reason given: ${asked.reason}`,
    '',
    'You could grant it, perhaps for a shorter time or for less, or refuse it:',
    link,
    '',
  ]
  return { to, subject: `${who} asks for access`, text: lines.join('\n') }
}

/** The mail to whoever asked, once somebody has decided. */
export function decisionMail(parts: { to: string; by: string; link: string; request: ShownRequest }): Mail {
  const { to, by, link, request } = parts
  const granted = request.state === 'granted'
  const until =
    request.ends_at === null ? '' : ` It ends by itself at ${request.ends_at.slice(0, 16).replace('T', ' ')} UTC.`
  const lines = [
    `You asked to ${request.sentence}.`,
    '',
    granted ? `${by} granted it.${until}` : `${by} refused it.`,
    ...(request.comment === '' ? [] : ['', `With this comment: ${request.comment}`]),
    '',
    link,
    '',
  ]
  return { to, subject: granted ? 'Access was granted' : 'Access was refused', text: lines.join('\n') }
}

function hoursText(hours: number): string {
  return hours === 1 ? 'access for one hour' : `access for ${hours} hours`
}
