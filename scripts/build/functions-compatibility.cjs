/**
 * The promise about custom functions: ids and arguments are stored in users' workbooks, so an id never goes away or changes, and no
 * positional argument is added, removed, moved or renamed. New ids and new words in descriptions are welcome.
 */

const argumentsOf = (definition) => definition.parameters.map((parameter) => parameter.name);

/** A required argument where an optional one was would break formulas; the other way round is harmless. */
const becameRequired = (before, after) =>
  before.parameters
    .filter((parameter, index) => parameter.optional === true && after.parameters[index]?.optional !== true)
    .map((parameter) => parameter.name);

/**
 * Compares two functions.json.
 *
 * @returns what would break users' workbooks, one sentence each
 */
const findBreaks = (before, after) => {
  const now = new Map(after.functions.map((definition) => [definition.id, definition]));
  return before.functions.flatMap((definition) => {
    const current = now.get(definition.id);
    if (current === undefined) return [`COLL.${definition.id} is gone; ids are stored in users' workbooks.`];
    const was = argumentsOf(definition).join(", ");
    const is = argumentsOf(current).join(", ");
    if (was !== is) return [`COLL.${definition.id} had the arguments (${was}) and now has (${is}); a new input is a new option or a new function.`];
    const required = becameRequired(definition, current);
    return required.length > 0 ? [`COLL.${definition.id}: ${required.join(", ")} became required.`] : [];
  });
};

/** Ids that are new. */
const findAdditions = (before, after) => {
  const known = new Set(before.functions.map((definition) => definition.id));
  return after.functions.map((definition) => definition.id).filter((id) => !known.has(id));
};

module.exports = { findBreaks, findAdditions };
