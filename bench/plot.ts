/** One line of the plot: how many rooms were joined by when. */
export interface Series {
  readonly label: string
  readonly colour: string
  readonly isBold?: boolean
  readonly isDashed?: boolean
  /** Seconds at which one more room was joined. */
  readonly joinedAt: readonly number[]
  /** When it gave up, for one that didn't join every room. */
  readonly gaveUpAt?: number
}

/** What a plot says about itself: a title to see, and a description for those who don't see it. */
export interface PlotWords {
  readonly title: string
  readonly description: string
}

const WIDTH = 760
const LEGEND_TOP = 352
const LEGEND_LINE = 24
const plot = { left: 56, right: 736, top: 52, bottom: 292 }
const INK = '#26323a'
const FAINT = '#d5d8d3'

/** Draws how many rooms were joined over time. It brings its own ground, so it reads the same on light and dark. */
export function plotOf(series: readonly Series[], rooms: number, words: PlotWords): string {
  const height = LEGEND_TOP + series.length * LEGEND_LINE
  const ends = series.map(({ joinedAt, gaveUpAt }) => Math.max(joinedAt.at(-1) ?? 0, gaveUpAt ?? 0))
  const step = niceStep(Math.max(...ends) / 8)
  const longest = step * Math.ceil(Math.max(...ends) / step)
  const x = (seconds: number): number => plot.left + (seconds / longest) * (plot.right - plot.left)
  const y = (count: number): number => plot.bottom - (count / rooms) * (plot.bottom - plot.top)
  const seconds = Array.from({ length: Math.round(longest / step) + 1 }, (_, index) => index * step)
  const counts = [...Array.from({ length: Math.ceil(rooms / 10) }, (_, index) => index * 10), rooms]
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    `<title id="title">${escaped(words.title)}</title>`,
    `<desc id="description">${escaped(words.description)}</desc>`,
    `<rect width="${WIDTH}" height="${height}" rx="8" fill="#fbfbf8"/>`,
    `<text x="${plot.left}" y="28" font-size="16" font-weight="600">${escaped(words.title)}</text>`,
    ...counts.flatMap((count) => [
      `<path d="M${plot.left} ${at(y(count))}H${plot.right}" stroke="${FAINT}"/>`,
      `<text x="${plot.left - 8}" y="${at(y(count) + 4)}" text-anchor="end">${count}</text>`,
    ]),
    ...seconds.map(
      (value) => `<text x="${at(x(value))}" y="${plot.bottom + 20}" text-anchor="middle">${value}</text>`,
    ),
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 40}" text-anchor="middle">seconds after the first request</text>`,
    `<text transform="translate(16 ${(plot.top + plot.bottom) / 2}) rotate(-90)" text-anchor="middle">rooms joined</text>`,
    ...series.map((each) => line(each, x, y)),
    ...series.map(legend),
    '</svg>',
  ].join('\n')}\n`
}

function line(series: Series, x: (seconds: number) => number, y: (count: number) => number): string {
  const steps = series.joinedAt.map((moment, index) => `H${at(x(moment))}V${at(y(index + 1))}`).join('')
  const path = `<path d="M${at(x(0))} ${at(y(0))}${steps}${series.gaveUpAt === undefined ? '' : `H${at(x(series.gaveUpAt))}`}" fill="none" ${stroke(series)}/>`
  if (series.gaveUpAt === undefined) return path
  const end = `${at(x(series.gaveUpAt))} ${at(y(series.joinedAt.length))}`
  return `${path}\n<path d="M${end}m-5 -5l10 10m0 -10l-10 10" fill="none" stroke="${series.colour}" stroke-width="2.5"/>`
}

function legend(series: Series, index: number): string {
  const top = LEGEND_TOP + index * LEGEND_LINE
  return `<path d="M${plot.left} ${top}h28" fill="none" ${stroke(series)}/>\n<text x="${plot.left + 38}" y="${top + 4}">${escaped(series.label)}</text>`
}

function stroke({ colour, isBold = false, isDashed = false }: Series): string {
  return `stroke="${colour}" stroke-width="${isBold ? 3.5 : 2}"${isDashed ? ' stroke-dasharray="6 4"' : ''} stroke-linejoin="round"`
}

/** 1, 2 or 5 times a power of ten, at least so much. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  return ([1, 2, 5].find((factor) => factor * power >= least) ?? 10) * power
}

function at(value: number): string {
  return String(Number(value.toFixed(1)))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
