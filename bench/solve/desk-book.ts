import type { Book } from "../../src/core/collateral/book";
import { smallBook, type SmallBook } from "../../test/support/small-book";
import { createRandom } from "./allocation-model";

/** Size and rules of a generated desk book. */
export interface DeskShape {
  readonly assets: number;
  readonly agreements: number;
  readonly seed: number;
  /** Fixed cost of a movement, base currency; each agreement takes half to one and a half of it. Default 0. */
  readonly fixed?: number;
  /** Share of the lines with whole lots; default 0. */
  readonly lots?: number;
  /** Smallest delivery, base currency; default none. */
  readonly piece?: number;
  /** Most movements of an agreement and of the book; default none. */
  readonly capEach?: number;
  readonly capAll?: number;
  /** A limit on EACH asset at EACH agreement, as a share of the requirement or of what is posted. */
  readonly each?: { readonly share: number; readonly basis: "requirement" | "posted" };
  /** Share of the inventory's value that is called; default 0.45. */
  readonly called?: number;
  /** Share of the calls that today's posting covers; default 0.8. */
  readonly held?: number;
}

const classes = [
  { name: "cash", share: 0.06, haircut: 0, cost: 0.03, price: 1 },
  { name: "government", share: 0.34, haircut: 0.02, cost: 0.004, price: 98 },
  { name: "corporate", share: 0.25, haircut: 0.08, cost: 0.006, price: 101 },
  { name: "equity", share: 0.2, haircut: 0.2, cost: 0.008, price: 57 },
  { name: "crypto", share: 0.1, haircut: 0.3, cost: 0.012, price: 2_450 },
  { name: "stable", share: 0.05, haircut: 0.04, cost: 0.01, price: 1 },
] as const;

/**
 * Generates the tables of a desk: inventory lines of six classes, agreements that accept most classes at haircuts of their own, calls for
 * a share of the inventory, today's posting as a desk would have left it, and the rules that the shape asks for.
 */
export const deskBook = (shape: DeskShape): Book => {
  const random = createRandom(shape.seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const kinds = Array.from({ length: shape.assets }, () => pick(random()));
  const values = kinds.map(() => 5e5 + 2e7 * random() ** 2);
  const assets: SmallBook["assets"] = kinds.map((kind, i) => ({
    assetId: `${kind.name.toUpperCase().slice(0, 4)}${String(i).padStart(3, "0")}`,
    assetClass: kind.name,
    price: kind.price * between(0.9, 1.1),
    quantity: 0,
    fundingRate: kind.cost * between(0.5, 1.5),
    issuer: `I${Math.floor(i / 4)}`,
    ...(random() < (shape.lots ?? 0) ? { lotSize: kind.price > 1_000 ? 1 : kind.price > 10 ? 1_000 : 100_000 } : {}),
  }));
  const lines = assets.map((asset, i) => {
    const units = Math.round(values[i]! / asset.price!);
    return { ...asset, quantity: asset.lotSize === undefined ? units : Math.max(1, Math.round(units / asset.lotSize)) * asset.lotSize };
  });
  const inventory = lines.reduce((sum, line) => sum + line.quantity * line.price!, 0);
  const weights = Array.from({ length: shape.agreements }, () => 0.2 + random() ** 2 * 2);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const ids = weights.map((_, j) => `AGR${String(j).padStart(3, "0")}`);
  const agreements = ids.map((agreementId, j) => ({
    agreementId,
    requirement: Math.round((inventory * (shape.called ?? 0.45) * weights[j]!) / total),
    ...(shape.capEach === undefined ? {} : { maxMovements: shape.capEach }),
  }));
  const accepted = ids.map(() =>
    classes.map((kind) => (random() < 0.75 || kind.name === "government" ? kind.haircut * between(0.7, 1.3) : undefined)),
  );
  const eligibility = ids.flatMap((agreementId, j) =>
    classes.flatMap((kind, k) => {
      const haircut = accepted[j]![k];
      return haircut === undefined ? [] : [{ agreementId, assetClass: kind.name, haircut: Number(haircut.toFixed(4)) }];
    }),
  );
  return smallBook({
    assets: lines,
    agreements,
    eligibility,
    holdings: heldToday(shape, random, lines, agreements, accepted),
    costs: costsOf(shape, ids, between),
    limits: limitsOf(shape),
    settings: { horizonDays: 30, ...(shape.capAll === undefined ? {} : { maxMovements: shape.capAll }) },
  });
};

const pick = (u: number): (typeof classes)[number] => {
  let sum = 0;
  for (const kind of classes) if (u < (sum += kind.share)) return kind;
  return classes[1];
};

/** Agreement by agreement whatever came to hand, at most half of each line, so that the answer must move something. */
const heldToday = (
  shape: DeskShape,
  random: () => number,
  lines: readonly { assetId: string; assetClass?: string; quantity: number; price?: number; lotSize?: number }[],
  agreements: readonly { agreementId: string; requirement: number }[],
  accepted: readonly (readonly (number | undefined)[])[],
): NonNullable<SmallBook["holdings"]> => {
  const left = lines.map((line) => line.quantity * 0.5);
  return agreements.flatMap(({ agreementId, requirement }, j) => {
    let missing = requirement * (shape.held ?? 0.8) * (0.6 + 0.6 * random());
    const held: { agreementId: string; assetId: string; quantity: number }[] = [];
    for (let tries = 0; tries < 12 && missing > 0; tries++) {
      const i = Math.floor(random() * lines.length);
      const line = lines[i]!;
      const haircut = accepted[j]![classes.findIndex((kind) => kind.name === line.assetClass)];
      if (haircut === undefined || held.some((row) => row.assetId === line.assetId)) continue;
      const step = line.lotSize ?? 1;
      const quantity = Math.floor(Math.min(left[i]!, missing / (1 - haircut) / line.price!) / step) * step;
      if (quantity <= 0) continue;
      left[i]! -= quantity;
      missing -= quantity * line.price! * (1 - haircut);
      held.push({ agreementId, assetId: line.assetId, quantity });
    }
    return held;
  });
};

const costsOf = (shape: DeskShape, ids: readonly string[], between: (low: number, high: number) => number): NonNullable<SmallBook["costs"]> => {
  const { fixed = 0, piece } = shape;
  if (fixed === 0 && piece === undefined) return [];
  return ids.map((agreementId) => ({
    assetId: "*",
    agreementId,
    ...(fixed === 0 ? {} : { deliverFixed: Math.round(fixed * between(0.5, 1.5)), recallFixed: Math.round(fixed * between(0.5, 1.5)) }),
    ...(piece === undefined ? {} : { minimumPiece: piece }),
  }));
};

const limitsOf = ({ each }: DeskShape): NonNullable<SmallBook["limits"]> => [
  { scope: "agreement", scopeId: "EACH", limitType: "class", group: "EACH", limitBasis: "requirement", valueBasis: "market", limit: 0.7 },
  ...(each === undefined
    ? []
    : [
        {
          scope: "agreement" as const,
          scopeId: "EACH",
          limitType: "asset" as const,
          group: "EACH",
          limitBasis: each.basis,
          valueBasis: "market" as const,
          limit: each.share,
        },
      ]),
];
