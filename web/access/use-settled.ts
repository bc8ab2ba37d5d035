import { useEffect, useState } from 'react'

/** A value a moment after it stopped changing, so that the server is not asked at every letter. */
export function useSettled<Value>(value: Value): Value {
  const text = JSON.stringify(value)
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 350)
    return () => clearTimeout(timer)
  }, [text])
  return JSON.parse(settled) as Value
}
