import { useMe } from '../../session/use-me.ts'
import { ContactLines } from '../../ui/contact.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { YourAccess } from './your-access.tsx'

const answers: [string, string][] = [
  [
    'What is DNS?',
    'The list that tells the world where your website and your mail live. A wrong line can stop both, so every change here is kept and can be taken back.',
  ],
  ['Why can I not change something?', 'Point at the button: it says what is missing and who can give it to you.'],
  [
    'How fast is a change seen?',
    'Our name servers answer with it at once. Others remember the old answer for as long as its TTL says, often an hour.',
  ],
]

/** Who the provider is, how to reach it, and the questions that come first. */
export function Help() {
  const { organization } = useMe()
  return (
    <Page title="Help" width="read">
      {organization ? (
        <Card title="Your provider">
          <ContactLines organization={organization.name} contact={organization.contact} />
        </Card>
      ) : null}
      <YourAccess />
      <Card title="Questions">
        <dl className="grid gap-3">
          {answers.map(([question, answer]) => (
            <div key={question}>
              <dt className="font-medium">{question}</dt>
              <dd className="text-muted">{answer}</dd>
            </div>
          ))}
        </dl>
      </Card>
    </Page>
  )
}
