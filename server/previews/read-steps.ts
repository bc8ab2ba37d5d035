import { type Operation, type OperationId, operations, type z } from '@zoneward/api'
import { Fault } from '../fault.ts'
import type { RehearsedStep } from '../http/rehearse.ts'
import type { ActorRequest } from '../http/request.ts'
import { wrongFields } from '../http/wrong-fields.ts'

type Sent = ActorRequest<'access_previews.create'>['body']['steps'][number]
type Wrong = { path: string; message: string }

/** Operations that can be previewed: those that change who may do what. */
export const previewable = (Object.entries(operations) as [OperationId, Operation][])
  .filter(([, operation]) => operation.changesAccess === true)
  .map(([id]) => id)

/** Every step, read as the operation itself would read it; what is wrong is named by its place, such as `steps.0.body.role_id`. */
export function readSteps(sent: readonly Sent[]): RehearsedStep[] {
  const read = sent.map((step, place) => readStep(step, `steps.${place}`))
  const fields = read.flatMap((step) => ('wrong' in step ? step.wrong : []))
  if (fields.length > 0) {
    throw new Fault('invalid', `${fields[0]?.path}: ${fields[0]?.message}`, { fields: fields.slice(0, 20) })
  }
  return read.flatMap((step) => ('wrong' in step ? [] : [step]))
}

function readStep({ operation: name, params, body }: Sent, path: string): RehearsedStep | { wrong: Wrong[] } {
  const id = previewable.find((one) => one === name)
  if (id === undefined) {
    const message = `"${name}" changes no access: a step is one of ${previewable.join(', ')}.`
    return { wrong: [{ path: `${path}.operation`, message }] }
  }
  const operation: Operation = operations[id]
  const [inPath, inBody] = [
    parse(operation.params, params, `${path}.params`),
    parse(operation.body, body ?? {}, `${path}.body`),
  ]
  const wrong = [...inPath.wrong, ...inBody.wrong]
  return wrong.length > 0
    ? { wrong }
    : { id, params: inPath.value as RehearsedStep['params'], body: inBody.value as RehearsedStep['body'] }
}

function parse(schema: z.ZodType | undefined, value: unknown, path: string): { value: unknown; wrong: Wrong[] } {
  if (!schema) return { value: undefined, wrong: [] }
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data, wrong: [] }
  const wrong = wrongFields(result.error, '').map((each) => ({
    ...each,
    path: [path, each.path].filter(Boolean).join('.'),
  }))
  return { value: undefined, wrong }
}
