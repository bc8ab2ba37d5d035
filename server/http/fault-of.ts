import { isBusy } from '../database/guard.ts'
import { Fault } from '../fault.ts'
import { internalFault } from './problem-response.ts'

/** What a caller is told of an error: a Fault as it is, what the database refused in words, and else that it is our fault. */
export function faultOf(error: Error): Fault {
  if (error instanceof Fault) return error
  if (isBusy(error))
    return new Fault('conflict', 'Others were changing the same thing just now, and nothing was written: try again.')
  if ('code' in error && error.code === '23505')
    return new Fault('conflict', 'Something of that name is there already.')
  if ('code' in error && (error.code === '22P05' || error.code === '22021'))
    return new Fault('invalid', 'A text has a character that cannot be kept (NUL).')
  if ('code' in error && error.code === '22P02')
    return new Fault('invalid', 'An id in the request is no id: pass those that the API gave, unchanged.')
  return internalFault()
}
