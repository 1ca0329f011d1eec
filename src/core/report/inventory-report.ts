import type { AllocationOutcome } from "../optimization/allocation-outcome";
import { moneyFormat } from "./money-format";
import type { ReportSheet } from "./report-sheet";

const units = "#,##0.00######";

/** Reports each inventory line: owned, reserved, used and free units, and the value of what is free. */
export const reportInventory = (outcome: AllocationOutcome, headline: string): ReportSheet => ({
  name: "Inventory",
  title: "Inventory after the run",
  note: headline,
  columns: [
    { header: "Asset", kind: "text", format: "@", width: 110 },
    { header: "Used", kind: "number", format: units, width: 120 },
    { header: "Free", kind: "number", format: units, width: 120 },
    { header: "Owned", kind: "number", format: units, width: 120 },
    { header: "Reserved", kind: "number", format: units, width: 100 },
    { header: "Location", kind: "text", format: "@", width: 110 },
    { header: "Account", kind: "text", format: "@", width: 110 },
    { header: "Price", kind: "number", format: units, width: 110 },
    { header: "Price currency", kind: "text", format: "@", width: 110 },
    { header: `Free value (${outcome.baseCurrency})`, kind: "number", format: moneyFormat(outcome), width: 140, isTotalled: true },
    { header: "Value of one more (per year)", kind: "number", format: "0.00%", width: 200 },
  ],
  rows: outcome.inventory.map((line) => [
    line.assetId,
    line.used,
    line.free,
    line.owned,
    line.reserved,
    line.location,
    line.account,
    line.price,
    line.priceCurrency,
    line.freeValue,
    line.marginalValue ?? "",
  ]),
  appends: false,
  isKeyed: true,
});

/** Reports the changes against today's holdings: what to deliver and what to ask back. */
export const reportMovements = (outcome: AllocationOutcome, headline: string): ReportSheet => ({
  name: "Movements",
  title: "Movements against today's holdings",
  note: headline,
  columns: [
    { header: "Agreement", kind: "text", format: "@", width: 180 },
    { header: "Action", kind: "text", format: "@", width: 80 },
    { header: "Asset", kind: "text", format: "@", width: 110 },
    { header: "Quantity", kind: "number", format: units, width: 120 },
    { header: `Market value (${outcome.baseCurrency})`, kind: "number", format: moneyFormat(outcome), width: 150, isTotalled: true },
    { header: `One-off cost (${outcome.baseCurrency})`, kind: "number", format: moneyFormat(outcome), width: 140, isTotalled: true },
    { header: "Location", kind: "text", format: "@", width: 110 },
    { header: "Account", kind: "text", format: "@", width: 110 },
    { header: "Reason", kind: "text", format: "@", width: 300 },
    { header: "Start by (UTC)", kind: "text", format: "@", width: 140 },
  ],
  rows: outcome.movements.map((move) => [
    move.agreementId,
    move.action,
    move.assetId,
    move.quantity,
    move.marketValue,
    move.cost,
    move.location,
    move.account,
    move.reason,
    move.startBy === undefined ? "" : move.startBy.slice(0, 16).replace("T", " "),
  ]),
  appends: false,
  isKeyed: true,
});
