'use client';

import { useEffect, useState } from 'react';

const KEY = 'cunfen-speaks';

const canSpeak = () => typeof window !== 'undefined' && 'speechSynthesis' in window;

function isOn(): boolean {
  try {
    return localStorage.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

/** Says something aloud in Chinese, if this phone was told to; silent otherwise. */
export function speak(text: string): void {
  if (canSpeak() && isOn()) say(text);
}

function say(text: string): void {
  const said = new SpeechSynthesisUtterance(text);
  said.lang = 'zh-CN';
  const voice = speechSynthesis.getVoices().find((one) => one.lang.replace('_', '-').startsWith('zh'));
  if (voice) said.voice = voice;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
}

/** Turns the voice of this phone on and off; not there where the phone has none. */
export function SpeechSwitch() {
  const [on, setOn] = useState<boolean | null>(null);
  useEffect(() => setOn(canSpeak() ? isOn() : null), []);
  if (on === null) return null;
  const turn = () => {
    try {
      localStorage.setItem(KEY, on ? 'off' : 'on');
    } catch {
      // For this page only.
    }
    setOn(!on);
    // A voice may only begin by a tap: this one.
    if (!on) say('念出来');
  };
  return (
    <button type="button" className="btn btn-quiet speech-switch" aria-pressed={on} onClick={turn}>
      {on ? '念出来：开着' : '念出来：关着'}
    </button>
  );
}
