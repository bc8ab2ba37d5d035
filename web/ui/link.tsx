import { Link as RouterLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode } from 'react'
import type { Address } from '../session/use-address.ts'

export type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & {
  /** A path from paths.ts. */
  to: string
  search?: Address
  /** Takes the place of this address in the history, and where it stays on the page does not scroll. */
  replace?: boolean
  resetScroll?: boolean
  children: ReactNode
}

export function Link({ to, search, children, ...rest }: LinkProps) {
  // The router's own typing of paths is left out: paths.ts is the one place that knows addresses.
  const anchor = rest as Record<string, never>
  return (
    <RouterLink to={to} search={search ?? {}} preload="intent" {...anchor}>
      {children}
    </RouterLink>
  )
}

/** A link inside running text or a table. */
export function TextLink({ className = '', ...rest }: LinkProps) {
  return <Link {...rest} className={`text-accent underline-offset-2 hover:underline ${className}`} />
}
