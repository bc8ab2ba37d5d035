import { type ReactNode, useContext, useEffect } from 'react'
import { usePaths } from '../paths.ts'
import { MeContext } from '../session/use-me.ts'
import { Icon } from './icons.tsx'
import { Link } from './link.tsx'

export type Crumb = { label: string; to: string }

type PageProps = {
  title: string
  /** One sentence where the title does not say it all. */
  lead?: ReactNode
  crumbs?: Crumb[]
  /** The one primary action, and quiet ones before it. */
  actions?: ReactNode
  badges?: ReactNode
  tabs?: ReactNode
  /** `read` for forms and letters, `full` for tables. */
  width?: 'read' | 'full'
  children: ReactNode
}

/** Every page: where am I, what is here, what can I do. */
export function Page({ title, lead, crumbs = [], actions, badges, tabs, width = 'full', children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Zoneward`
  }, [title])
  return (
    <div className={`mx-auto w-full px-4 py-5 sm:px-6 ${width === 'read' ? 'max-w-3xl' : 'max-w-[1200px]'}`}>
      <Crumbs crumbs={[...useHome(), ...crumbs]} />
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{title}</h1>
            {badges}
          </div>
          {lead ? <div className="mt-0.5 max-w-2xl text-muted">{lead}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {tabs ? <div className="mt-4">{tabs}</div> : null}
      <div className="mt-5 grid gap-6">{children}</div>
    </div>
  )
}

/** Whose place this is: the organization in the console, the portal's own title for a client. */
function useHome(): Crumb[] {
  const me = useContext(MeContext)
  const { home } = usePaths()
  const label = me?.portal?.title ?? me?.organization?.name
  return label ? [{ label, to: home }] : []
}

function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  if (crumbs.length === 0) return null
  return (
    <nav aria-label="Breadcrumbs" className="mb-1.5">
      <ol className="flex flex-wrap items-center gap-1 text-sm text-muted">
        {crumbs.map((crumb, index) => (
          <li key={crumb.to + crumb.label} className="flex items-center gap-1">
            {index > 0 ? <Icon name="right" className="size-3.5" /> : null}
            <Link to={crumb.to} className="rounded hover:text-ink hover:underline">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** A framed part of a page with a heading of its own. */
export function Card({
  title,
  actions,
  lead,
  children,
}: {
  title: string
  actions?: ReactNode
  lead?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pt-3">
        <div>
          <h2 className="font-semibold">{title}</h2>
          {lead ? <div className="text-muted">{lead}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      <div className="px-4 pt-2 pb-4">{children}</div>
    </section>
  )
}

/** Facts in two columns: `[['Provider', 'North'], …]`. */
export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(8rem,max-content)_1fr]">
      {facts.map(([name, value]) => (
        <div key={name} className="sm:contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
