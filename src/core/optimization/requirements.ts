import { DomainError } from "../basics/domain-error";
import type { Explanation } from "../basics/explanation";
import type { Issue, Parsed } from "../basics/issue";
import type { AgreementRow, Book, RowOrigin } from "../collateral/book";
import { requirementWithApproach } from "../margin/margin-approach";
import type { Requirement, RequirementInputs } from "../margin/requirement-inputs";
import { eligibilityLookup } from "./eligibility";
import { fxLookup } from "./fx-rates";
import { fxHaircutOf } from "./haircut-terms";
import { sameName } from "./name-match";
import { readHoldings } from "./holdings-today";
import { rowIssue } from "./row-issue";
import { netSlices, tierLookup } from "./value-slices";

/** One agreement's requirement, >= 0 in its own currency, with where it comes from. */
export interface AgreementRequirement {
  readonly requirement: number;
  readonly explanation?: Explanation;
}

/**
 * Calculates the requirement of every agreement from its terms, positions and what is posted there today.
 *
 * @returns requirements by agreement id; an agreement whose terms cannot be read is an issue and gets 0
 */
export const calculateRequirements = (book: Book): Parsed<ReadonlyMap<string, AgreementRequirement>> => {
  const issues: Issue[] = [];
  const requirements = new Map<string, AgreementRequirement>();
  const heldValueOf = heldValues(book);
  const inputs = marginInputs(book);
  for (const agreement of book.agreements) {
    try {
      const requirement = requirementWithApproach(agreement, book.agreements, (row) => ({ heldValue: heldValueOf(row), ...inputs }));
      requirements.set(agreement.agreementId, withCredit(requirement, agreement, book.credit));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const origin = namedRow(book, error.message) ?? agreement.origin;
      const fix = origin === agreement.origin ? "Fill the columns that the method needs." : `Agreement ${agreement.agreementId} is computed from it.`;
      issues.push(rowIssue(origin, "error", "requirement", error.message, fix));
      requirements.set(agreement.agreementId, { requirement: 0 });
    }
  }
  return { value: requirements, issues };
};

/** Shows the counterparty's grade and terms below the requirement: they decide what collateral is worth there and how much may be posted. */
const withCredit = (requirement: Requirement, agreement: AgreementRow, credit: readonly Explanation[] = []): AgreementRequirement => {
  const found = credit.find(({ name }) => sameName(name, agreement.counterparty));
  if (found === undefined) return requirement;
  const { explanation } = requirement;
  return { ...requirement, explanation: { ...explanation, from: [...explanation.from, { ...found, name: `counterparty ${found.name}` }] } };
};

/** The row that a message of a margin method begins with, such as `positions row 3: notional is blank.` */
const namedRow = (book: Book, message: string): RowOrigin | undefined => {
  const [, table, row] = /^(positions|rules|parameters) row (\d+):/.exec(message) ?? [];
  const rows: readonly { readonly origin: RowOrigin }[] =
    table === "positions" ? book.positions : table === "rules" ? (book.rules ?? []) : table === "parameters" ? (book.parameters ?? []) : [];
  return rows.find(({ origin }) => origin.row === Number(row))?.origin;
};

/** The tables that margin methods read, in the form in which they take them. */
const marginInputs = (book: Book): Omit<RequirementInputs, "heldValue"> => ({
  positions: book.positions,
  ...(book.settings.asOf === undefined ? {} : { asOf: book.settings.asOf }),
  ...(book.prices === undefined ? {} : { prices: book.prices }),
  ...((book.parameters ?? []).length === 0
    ? {}
    : {
        parameters: (book.parameters ?? []).map((row) => ({
          key: row.key,
          underlying: row.underlying,
          value: row.value,
          at: `parameters row ${row.origin.row}`,
        })),
      }),
  ...((book.rules ?? []).length === 0
    ? {}
    : {
        rules: (book.rules ?? []).map((row) => ({
          underlying: row.underlying,
          ...(row.from === undefined ? {} : { from: row.from }),
          upTo: row.upTo,
          unit: row.unit,
          // The reader leaves blanks out; NaN makes the margin method refuse them where it needs the rate.
          initialRate: row.imRate ?? row.baseRate ?? NaN,
          maintenanceRate: row.mmRate ?? row.baseRate ?? NaN,
          ...(row.deduction === undefined ? {} : { deduction: row.deduction }),
          stepPerUnit: row.stepPerUnit ?? 0,
          ...(row.validFrom === undefined ? {} : { validFrom: row.validFrom }),
          at: `rules row ${row.origin.row}`,
        })),
      }),
});

/** After-haircut value posted today, settled and in transit, in the agreement's currency; what is not eligible counts 0. */
const heldValues = (book: Book): ((agreement: AgreementRow) => number) => {
  const rateOf = fxLookup(book.fx, book.settings.baseCurrency);
  const eligibilityOf = eligibilityLookup(book.eligibility, book.settings);
  const { tiersOf } = tierLookup(book.tiers, book.settings, rateOf);
  const { balances } = readHoldings(book);
  return (agreement) => {
    const rate = rateOf(agreement.currency) ?? 1;
    // Slabs count over all inventory lines of an asset.
    const units = new Map<string, { units: number; balance: (typeof balances)[number] }>();
    for (const balance of balances.filter((candidate) => candidate.agreement === agreement && candidate.posted > 0)) {
      const key = balance.asset.assetId.toLowerCase();
      units.set(key, { units: (units.get(key)?.units ?? 0) + balance.posted, balance });
    }
    let value = 0;
    for (const { units: posted, balance } of units.values()) {
      const { asset } = balance;
      const eligibility = eligibilityOf(asset, agreement);
      if (!eligibility.isEligible) continue;
      const { rule } = eligibility;
      const factor = (rule.priceAtVenue ?? asset.price) / asset.price;
      const slices = rule.tierTable === undefined ? undefined : tiersOf(rule.tierTable, asset);
      const net = netSlices(
        slices?.slices ?? [{ units: Infinity, ratio: 1 - (rule.haircut ?? 1) }],
        fxHaircutOf(rule, asset, agreement),
        (rule.additionalHaircut ?? 0) + (agreement.haircutAddOn ?? 0),
        book.settings.fxHaircutForm,
        factor,
      );
      value += slabValue(net, posted, slices?.mode ?? "marginal") * asset.price * (rateOf(asset.priceCurrency) ?? 0);
    }
    return value / rate;
  };
};

const slabValue = (slices: readonly { units: number; ratio: number }[], units: number, mode: "marginal" | "cliff"): number => {
  let left = units;
  let value = 0;
  for (const slice of slices) {
    const part = Math.min(left, slice.units);
    value += part * slice.ratio;
    left -= part;
    if (left <= 0) return mode === "cliff" ? units * slice.ratio : value;
  }
  return value;
};
