import { type ReactNode, useEffect } from 'react'

/** The calm page in front of a sign-in: one decision, nothing else. */
export function DoorLayout({
  title,
  lead,
  children,
  foot,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
  foot?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Zoneward`
    document.documentElement.dataset['layout'] = 'portal'
  }, [title])
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-6 px-4 py-10">
      <div className="flex items-center gap-2.5 font-semibold">
        <img src="/icon.svg" alt="" className="size-7 rounded" />
        Zoneward
      </div>
      <div className="rounded-xl border border-line bg-surface p-6">
        <h1 className="text-xl font-semibold tracking-tight text-balance">{title}</h1>
        {lead ? <div className="mt-1 text-muted">{lead}</div> : null}
        <div className="mt-5 grid gap-4">{children}</div>
      </div>
      {foot ? <div className="px-1 text-muted">{foot}</div> : null}
    </main>
  )
}
