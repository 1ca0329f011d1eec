import { useEffect, useState } from "react";

/** Whole seconds since a moment, counted every second while it is given; undefined without it. */
export const useClock = (startedAt: string | undefined): number | undefined => {
  const [, tick] = useState(0);
  const isRunning = startedAt !== undefined;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = window.setInterval(() => tick((count) => count + 1), 1000);
    return () => window.clearInterval(timer);
  }, [isRunning]);
  if (startedAt === undefined) return undefined;
  const elapsed = (Date.now() - Date.parse(startedAt)) / 1000;
  return Number.isFinite(elapsed) ? Math.max(0, Math.floor(elapsed)) : undefined;
};
