import type { Permission } from '../../access/place.ts'
import { Icon } from '../../ui/icons.tsx'

type RoleDifferenceProps = {
  original: string
  before: readonly string[]
  after: readonly string[]
  permissions: Permission[]
}

/** What an own role may do more and less than the role that it was copied from. */
export function RoleDifference({ original, before, after, permissions }: RoleDifferenceProps) {
  const added = after.filter((id) => !before.includes(id))
  const removed = before.filter((id) => !after.includes(id))
  const sentence = (id: string) => permissions.find((each) => each.id === id)?.sentence ?? id
  if (added.length + removed.length === 0) {
    return <p className="text-muted">The same as {original}.</p>
  }
  return (
    <section
      aria-label={`Difference to ${original}`}
      aria-live="polite"
      className="grid gap-1 rounded-lg border border-line bg-surface p-3"
    >
      <p className="font-medium">Compared with {original}</p>
      <ul>
        {added.map((id) => (
          <li key={id} className="flex gap-2 text-good">
            <Icon name="plus" className="mt-0.5 size-4" />
            <span>
              <span className="sr-only">added: </span>
              {sentence(id)}
            </span>
          </li>
        ))}
        {removed.map((id) => (
          <li key={id} className="flex gap-2 text-bad">
            <Icon name="cross" className="mt-0.5 size-4" />
            <span>
              <span className="sr-only">removed: </span>
              {sentence(id)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
