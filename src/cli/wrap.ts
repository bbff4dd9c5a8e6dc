/** A text broken between words into lines of at most `width`, all but the first behind `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    const start = lines.length === 1 ? '' : indent;
    if (line === '' || line === start) lines[lines.length - 1] = `${start}${word}`;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
