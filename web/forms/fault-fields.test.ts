import { expect, test } from 'vitest'
import { Fault } from '../api/fault.ts'
import { fieldError, isToldByFields } from './fault-fields.ts'

const fault = new Fault({ code: 'invalid', fields: [{ path: 'organization.name', message: 'is empty' }] })

test('an error below a field is told at the field', () => {
  expect(fieldError(fault, 'organization')).toBe('is empty')
  expect(fieldError(fault, 'organization.name')).toBe('is empty')
  expect(fieldError(fault, 'email')).toBeUndefined()
})

test('a form knows whether anything is left to tell above it', () => {
  expect(isToldByFields(fault, ['organization', 'email'])).toBe(true)
  expect(isToldByFields(fault, ['email'])).toBe(false)
  expect(isToldByFields(new Fault({ code: 'internal' }), ['email'])).toBe(false)
})
