import type { AnswerOf } from '@zoneward/api/types'

type Contact = AnswerOf<'portals.read'>['contact']

/** How the provider is reached; what it has not told is left out. */
export function ContactLines({ organization, contact }: { organization: string; contact: Contact }) {
  const { name, email, phone, url, text } = contact
  const link = 'text-ink underline underline-offset-2'
  return (
    <div className="grid gap-1">
      <p>
        {name ? `${name} at ${organization}` : organization} is your provider.
        {!email && !phone && !url && !text ? ' Ask the person who invited you how to reach them.' : ''}
      </p>
      {email ? (
        <p>
          Mail:{' '}
          <a className={link} href={`mailto:${email}`}>
            {email}
          </a>
        </p>
      ) : null}
      {phone ? (
        <p>
          Phone:{' '}
          <a className={link} href={`tel:${phone.replace(/[^+\d]/g, '')}`}>
            {phone}
          </a>
        </p>
      ) : null}
      {url && /^https?:\/\//.test(url) ? (
        <p>
          Web:{' '}
          <a className={link} href={url} rel="noreferrer">
            {url}
          </a>
        </p>
      ) : null}
      {text ? <p className="whitespace-pre-line">{text}</p> : null}
    </div>
  )
}
