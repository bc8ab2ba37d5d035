import type { Routes } from '../http/routes.ts'
import { endView } from './end-view.ts'
import { startView } from './start-view.ts'

export const viewAsRoutes = {
  'view_as.start': startView,
  'view_as.end': endView,
} satisfies Routes<'view_as.start' | 'view_as.end'>
