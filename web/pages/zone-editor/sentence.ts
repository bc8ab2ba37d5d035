/** The text with a capital first. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
