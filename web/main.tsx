import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { routeTree } from './routes.tsx'
import { parseSearch, stringifySearch } from './session/use-address.ts'
import { adoptViewAs } from './session/view-as.ts'
import './styles.css'
import { Broken, Lost } from './pages/lost.tsx'
import { Skeleton } from './ui/states.tsx'
import { Toasts } from './ui/toast.tsx'

adoptViewAs()

const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  scrollRestoration: true,
  notFoundMode: 'root',
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: () => (
    <div className="mx-auto w-full max-w-[1200px] px-6 py-8">
      <Skeleton />
    </div>
  ),
  defaultNotFoundComponent: Lost,
  defaultErrorComponent: ({ error, reset }) => <Broken error={error} onRetry={reset} />,
})

// A click on the place where somebody already is asks again, so that it shows what holds now.
router.subscribe('onBeforeNavigate', ({ hrefChanged }) => {
  if (!hrefChanged) void queryClient.invalidateQueries()
})

const place = document.getElementById('app')
if (place) {
  createRoot(place).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
}
