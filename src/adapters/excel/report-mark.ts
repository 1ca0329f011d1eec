/** Keys of the custom properties by which we know our own sheets again, whatever they are called. */
export const markKey = "collateralOptimizerReport";

/** Address of the block that the last run wrote; cells outside it are the user's. */
export const blockKey = "collateralOptimizerBlock";
