import { type ButtonHTMLAttributes, type ReactNode, useId } from 'react'
import { useReadOnly } from '../session/use-me.ts'
import { Icon, type IconName } from './icons.tsx'
import { Link, type LinkProps } from './link.tsx'
import { Tip } from './tip.tsx'

type Kind = 'primary' | 'plain' | 'quiet' | 'danger'

const base =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-md px-3 py-1.5 font-medium whitespace-nowrap transition-colors select-none'
const kinds: Record<Kind, string> = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  plain: 'border border-line bg-surface text-ink hover:bg-hover',
  quiet: 'text-ink hover:bg-hover',
  danger: 'border border-line bg-surface text-bad hover:bg-bad-soft',
}
const off = 'border border-line bg-hover text-muted cursor-not-allowed'

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  kind?: Kind
  icon?: IconName
  /** Work under way: the button stays where it is and says so. */
  busy?: boolean
  /** Why this cannot be done by this person now. The button stays reachable, so that the reason can be read. */
  refusal?: string | null | undefined
  /** Changes something, or leads to it, so that whoever only looks reads why not. Primary, danger and submit ones do. */
  writes?: boolean
  /** Of these kinds, and changes nothing all the same. */
  harmless?: boolean
  children: ReactNode
}

export function Button(props: ButtonProps) {
  const { kind = 'plain', icon, busy = false, refusal: own, writes, harmless = false, children, ...rest } = props
  const reasonId = useId()
  const looking = useReadOnly()
  const changes = writes ?? (!harmless && (kind === 'primary' || kind === 'danger' || rest.type === 'submit'))
  const refusal = (changes ? looking : null) ?? own
  const refused = refusal !== undefined && refusal !== null
  const button = (
    <button
      type="button"
      {...rest}
      className={`${base} ${refused ? off : kinds[kind]} ${rest.className ?? ''}`}
      aria-disabled={refused || busy || undefined}
      aria-describedby={refused ? reasonId : rest['aria-describedby']}
      aria-busy={busy || undefined}
      onClick={refused || busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {busy ? <Spinner /> : icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  )
  if (!refused) return button
  return (
    <Tip text={refusal}>
      <span className="inline-flex">
        {button}
        <span id={reasonId} className="sr-only">
          {refusal}
        </span>
      </span>
    </Tip>
  )
}

export function ButtonLink({ kind = 'plain', icon, children, ...rest }: LinkProps & { kind?: Kind; icon?: IconName }) {
  return (
    <Link {...rest} className={`${base} ${kinds[kind]} ${rest.className ?? ''}`}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </Link>
  )
}

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  icon: IconName
  label: string
  /** Changes something, or leads to it. */
  writes?: boolean
}

export function IconButton({ icon, label, writes = false, ...rest }: IconButtonProps) {
  const looking = useReadOnly()
  const refusal = writes ? looking : null
  return (
    <button
      type="button"
      aria-label={refusal ? `${label}: ${refusal}` : label}
      title={refusal ?? label}
      {...rest}
      aria-disabled={refusal !== null || rest['aria-disabled']}
      onClick={refusal === null ? rest.onClick : undefined}
      className={`inline-flex size-9 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink aria-disabled:cursor-not-allowed ${rest.className ?? ''}`}
    >
      <Icon name={refusal === null ? icon : 'lock'} />
    </button>
  )
}

export function Spinner() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className="size-4 animate-spin fill-none stroke-current"
      strokeWidth={2.5}
    >
      <path d="M12 3a9 9 0 1 0 9 9" strokeLinecap="round" />
    </svg>
  )
}
