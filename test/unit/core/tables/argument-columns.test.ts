import { DomainError } from "../../../../src/core/basics/domain-error";
import { mapRows, readNumberCell } from "../../../../src/core/tables/argument-columns";

const sum = (a: any, b: any): ReturnType<typeof mapRows> =>
  mapRows(["a", "b"], [a, b], (cells) =>
    cells.reduce((total, at) => total + readNumberCell(at, { name: "Amount", refusesZeroInColumn: true, minimum: 0 }), 0),
  );

describe("mapRows", () => {
  it("repeats single cells along columns, rows and rectangles", () => {
    expect(sum([[1], [2]], 10)).toEqual([[11], [12]]);
    expect(sum([[1, 2]], [[10]])).toEqual([[11, 12]]);
    expect(
      sum(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 1],
          [1, 1],
        ],
      ),
    ).toEqual([
      [2, 3],
      [4, 5],
    ]);
    expect(sum(3, [[4]])).toEqual([[7]]);
  });

  it("keeps an error in its row and says where it stands", () => {
    const answer = sum([[1], [""], [3]], 1);
    expect(answer[1]?.[0]).toBeInstanceOf(DomainError);
    expect((answer[1]?.[0] as DomainError).message).toBe("Amount row 2 is blank or 0. Type the amount.");
    expect((sum([[1, 0]], 1)[0]?.[1] as DomainError).message).toMatch(/^Amount column 2/);
    expect(
      (
        sum(
          [
            [1, 1],
            [1, -1],
          ],
          1,
        )[1]?.[1] as DomainError
      ).message,
    ).toBe("Amount row 2 column 2 is -1. It must be at least 0.");
    expect(answer[2]).toEqual([4]);
  });

  it("throws for single cells and for columns of different sizes", () => {
    expect(() => sum("", 1)).toThrow("Amount is blank. Type the amount.");
    expect(() => sum([[1], [2]], [[1], [2], [3]])).toThrow("a has 2 rows, b has 3. Give ranges of the same size.");
    expect(() => sum([[1, 2]], [[1, 2, 3]])).toThrow("a has 2 columns, b has 3. Give ranges of the same size.");
  });
});
