import { useEffect, useId, useRef, useState, type RefObject } from 'react'
import { useWords } from '../i18n/words.tsx'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Message } from '../parts/Notice.tsx'
import { drawPortrait, PORTRAIT_SIDE, wholeCut, type Cut } from './portrait.ts'

interface Props {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly hasPicture: boolean
  readonly problem: string | null
  readonly onChange: (hasPicture: boolean) => void
}

/** A picture of oneself, cut to a square. What is drawn on the canvas is what is sent, and nothing else of the file. */
export function PortraitField({ canvas, hasPicture, problem, onChange }: Props) {
  const { t } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [cut, setCut] = useState<Cut>(wholeCut)
  const [isUnreadable, setUnreadable] = useState(false)
  const label = useId()
  useEffect(() => {
    if (canvas.current !== null && picture !== null) drawPortrait(canvas.current, picture, cut)
  }, [canvas, picture, cut])

  const open = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return
    // Whatever the file says it is, only what the browser can draw gets further.
    const read = await createImageBitmap(file).catch(() => null)
    setUnreadable(read === null)
    if (read === null) return
    setPicture(read)
    setCut(wholeCut)
    onChange(true)
  }
  const remove = (): void => {
    const context = canvas.current?.getContext('2d')
    context?.clearRect(0, 0, PORTRAIT_SIDE, PORTRAIT_SIDE)
    setPicture(null)
    onChange(false)
  }
  const sentence = isUnreadable ? t('profile.problem.notAPicture') : problem
  return (
    <div className={sentence === null ? 'field' : 'field is-wrong'} role="group" aria-labelledby={label}>
      <span className="label" id={label}>
        {t('profile.picture')}
      </span>
      <div className="portrait">
        <span className="portrait-frame">
          <canvas
            ref={canvas}
            width={PORTRAIT_SIDE}
            height={PORTRAIT_SIDE}
            role="img"
            aria-label={t(hasPicture ? 'profile.pictureChosen' : 'profile.pictureNone')}
          />
          {!hasPicture && <Icon name="person" />}
        </span>
        <div className="portrait-tools">
          <input
            ref={input}
            type="file"
            hidden
            accept="image/jpeg,image/png,image/webp,image/gif,image/avif"
            onChange={(event) => {
              void open(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          <Button isSmall onPress={() => input.current?.click()}>
            {t(hasPicture ? 'profile.chooseOther' : 'profile.choose')}
          </Button>
          {hasPicture && (
            <>
              <Slide
                label={t('profile.closer')}
                from={1}
                to={3}
                value={cut.closer}
                onChange={(closer) => setCut({ ...cut, closer })}
              />
              <Slide
                label={t('profile.position')}
                from={0}
                to={1}
                value={cut.position}
                onChange={(position) => setCut({ ...cut, position })}
              />
              <Button kind="text" isSmall onPress={remove}>
                {t('profile.remove')}
              </Button>
            </>
          )}
        </div>
      </div>
      <div className="field-say">
        {sentence === null ? (
          <p className="hint">{t('profile.pictureHint')}</p>
        ) : (
          <Message tone="wrong">{sentence}</Message>
        )}
      </div>
    </div>
  )
}

interface SlideProps {
  readonly label: string
  readonly from: number
  readonly to: number
  readonly value: number
  readonly onChange: (value: number) => void
}

function Slide({ label, from, to, value, onChange }: SlideProps) {
  return (
    <label className="small">
      {label}
      <input
        type="range"
        min={from}
        max={to}
        step={0.02}
        value={value}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </label>
  )
}
