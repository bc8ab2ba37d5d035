/** Runs at most `most` tasks at a time, the others in the order they came. */
export type TakeTurns = <T>(task: () => Promise<T>) => Promise<T>

export function createTurns(most: number): TakeTurns {
  const queue: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => queue.push(resolve))
    else running++
    try {
      return await task()
    } finally {
      // The place goes to the next in the queue, so that none who comes meanwhile takes it.
      const next = queue.shift()
      if (next === undefined) running--
      else next()
    }
  }
}
