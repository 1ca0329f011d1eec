import { storedFormula, typedFormula } from "../../../../src/workbench/xlsx/file-formulas";
import { shiftReferences } from "../../../../src/workbench/xlsx/formula-words";

const FUNCTIONS = ["COLL.VALUEATRISK", "COLL.HAIRCUT", "COLL.HAIRCUT.SCALE"];

describe("formulas in files", () => {
  it("stores custom functions under Excel's name for them and finds the dots again", () => {
    const typed = 'COLL.HAIRCUT.SCALE(COLL.HAIRCUT(A1,"COLL.HAIRCUT(x)"),10)';
    const stored = '_xldudf_COLL_HAIRCUT_SCALE(_xldudf_COLL_HAIRCUT(A1,"COLL.HAIRCUT(x)"),10)';
    expect(storedFormula(typed, FUNCTIONS)).toBe(stored);
    expect(typedFormula(stored, FUNCTIONS)).toBe(typed);
  });

  it("leaves another add-in's functions as they are", () => {
    expect(typedFormula("_xldudf_CX_GET(A1)+1", FUNCTIONS)).toBe("_xldudf_CX_GET(A1)+1");
  });

  it("adds and strips the marks of newer functions", () => {
    const typed = "XLOOKUP(A1,B:B,C:C)+SUM(SORT(FILTER(A1:A9,B1:B9>0)))";
    const stored = "_xlfn.XLOOKUP(A1,B:B,C:C)+SUM(_xlfn._xlws.SORT(_xlfn._xlws.FILTER(A1:A9,B1:B9>0)))";
    expect(storedFormula(typed, FUNCTIONS)).toBe(stored);
    expect(typedFormula(stored, FUNCTIONS)).toBe(typed);
  });

  it("marks the names that LET and LAMBDA introduce, and only those", () => {
    const typed = "LET(x,A1*2,rate,SUM(x,1),x*rate+MAP(B1:B2,LAMBDA(v,v+x)))";
    const stored = "_xlfn.LET(_xlpm.x,A1*2,_xlpm.rate,SUM(_xlpm.x,1),_xlpm.x*_xlpm.rate+_xlfn.MAP(B1:B2,_xlfn.LAMBDA(_xlpm.v,_xlpm.v+_xlpm.x)))";
    expect(storedFormula(typed, FUNCTIONS)).toBe(stored);
    expect(typedFormula(stored, FUNCTIONS)).toBe(typed);
  });

  it("touches neither text, nor quoted sheets, nor column names", () => {
    const typed = 'SUM(\'SORT(x)\'!A1,Tbl[SORT],Tbl[[#This Row],[UNIQUE(a)]])&"UNIQUE(""b"")"';
    expect(storedFormula(typed, FUNCTIONS)).toBe(typed);
  });

  it("does not take a table or range name for a function", () => {
    expect(storedFormula("SORT+Sort2(A1)", FUNCTIONS)).toBe("SORT+Sort2(A1)");
  });
});

describe("shared formulas", () => {
  it("moves relative references and keeps fixed ones", () => {
    expect(shiftReferences("A1+$B$2*C$3+$D4&\"A1\"&'A1'!Z9+LOG10(A1)", 2, 1)).toBe("B3+$B$2*D$3+$D6&\"A1\"&'A1'!AA11+LOG10(B3)");
  });

  it("says #REF! where a reference leaves the sheet", () => {
    expect(shiftReferences("A1", -1, 0)).toBe("#REF!");
  });
});
