import { useCallback, useEffect, useState } from 'react'
import { scopeKey } from '../../api/use-call.ts'
import { useMe } from '../../session/use-me.ts'
import { loadKept, saveKept } from './keep-staged.ts'
import type { Clash } from './rebase.ts'
import { emptyHistory, type History, nothingStaged, redo, type Staged, step, undo } from './staging.ts'

type State = { history: History; serial: number; clashes: readonly Clash[] }

export type Staging = {
  staged: Staged
  clashes: readonly Clash[]
  /** The serial that the edits were made on. */
  serial: number
  canUndo: boolean
  canRedo: boolean
  stage: (change: (staged: Staged) => Staged) => void
  undo: () => void
  redo: () => void
  /** The edits as they are on another state of the zone; nothing before can be undone. */
  moveTo: (serial: number, staged: Staged, clashes: readonly Clash[]) => void
  settleClash: (clash: Clash, change: (staged: Staged) => Staged) => void
}

/** The edits that wait, kept in this tab for this person until they are applied or taken back. */
export function useStaging(zoneId: string, serial: number): Staging {
  const me = useMe()
  const key = `zoneward-edits ${scopeKey()} ${me.user.id} ${zoneId}`
  const [state, setState] = useState<State>(() => restore(key, serial))
  const { history, clashes } = state
  useEffect(
    () => saveKept(key, { serial: state.serial, staged: history.now, clashes }),
    [key, state.serial, history.now, clashes],
  )
  const turn = useCallback((change: (history: History) => History) => {
    setState((old) => ({ ...old, history: change(old.history) }))
  }, [])
  return {
    staged: history.now,
    clashes,
    serial: state.serial,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    stage: useCallback((change) => turn((old) => step(old, change(old.now))), [turn]),
    undo: useCallback(() => turn(undo), [turn]),
    redo: useCallback(() => turn(redo), [turn]),
    moveTo: useCallback((moved, staged, met) => {
      setState({ history: { ...emptyHistory, now: staged }, serial: moved, clashes: met })
    }, []),
    settleClash: useCallback((clash, change) => {
      setState((old) => ({
        ...old,
        history: step(old.history, change(old.history.now)),
        clashes: old.clashes.filter((one) => one !== clash),
      }))
    }, []),
  }
}

function restore(key: string, serial: number): State {
  const kept = loadKept(key)
  return {
    history: { ...emptyHistory, now: kept?.staged ?? nothingStaged },
    serial: kept?.serial ?? serial,
    clashes: kept?.clashes ?? [],
  }
}
