import type { Routes } from '../http/routes.ts'
import { previewAccess } from './preview-access.ts'

export const previewRoutes = {
  'access_previews.create': previewAccess,
} satisfies Routes<'access_previews.create'>
