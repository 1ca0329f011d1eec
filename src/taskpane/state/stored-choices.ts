/** What the pane remembers on this machine between sessions; never anything about the workbook's content. */
export interface StoredChoices {
  readonly isWelcomed: boolean;
  readonly colours: ColourChoice;
}

/** `auto` follows Office, or the system where Office does not tell. */
export type ColourChoice = "auto" | "light" | "dark";

const key = "collateral-optimizer.pane";
const defaults: StoredChoices = { isWelcomed: false, colours: "auto" };

const isColourChoice = (value: unknown): value is ColourChoice => value === "auto" || value === "light" || value === "dark";

/** Reads the choices; a blocked or spoilt store (Safari, private windows) gives the defaults. */
export const readChoices = (storage: () => Storage = () => window.localStorage): StoredChoices => {
  try {
    const stored = JSON.parse(storage().getItem(key) ?? "{}") as Partial<Record<keyof StoredChoices, unknown>>;
    return {
      isWelcomed: stored.isWelcomed === true,
      colours: isColourChoice(stored.colours) ? stored.colours : defaults.colours,
    };
  } catch {
    return defaults;
  }
};

/** Keeps some of the choices; does nothing where the store is blocked. */
export const writeChoices = (choices: Partial<StoredChoices>, storage: () => Storage = () => window.localStorage): void => {
  try {
    storage().setItem(key, JSON.stringify({ ...readChoices(storage), ...choices }));
  } catch {
    // Remembering is a comfort: without it the pane opens with its defaults.
  }
};
