/** Hands a text to the browser's downloads. */
export function saveFile(name: string, type: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser takes the file at the click; the address may go a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
