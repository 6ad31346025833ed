#!/usr/bin/env python3
"""Loads an exported table in DuckDB, as CSV and as JSON lines, and compares the two cell by cell.

    tables_duckdb.py TABLE.csv TABLE.ndjson

Needs the package duckdb. Both files must be of the same rows of the same export. Columns must get the types that their
names promise, an unknown value must be NULL, and a text must come back as it was.
"""

import json
import re
import sys

import duckdb

NUMBER = re.compile(r"_ns$|_nano$|^tokens_(?!per)|_count$|_characters$|chunks$|^step|^agent_run$|^attempt$|_step$")
FLAGS = {"is_error", "error", "is_declared"}
NESTED = {"input_messages", "output_messages", "attributes", "resource", "marks", "findings", "remarks"}
FORMULA = re.compile(r"^'+[=+\-@\t\r]")


def promised(name):
    if name.endswith("_share") or name.endswith("_per_second"):
        return "DOUBLE"
    if name in FLAGS:
        return "BOOLEAN"
    return "BIGINT" if NUMBER.search(name) and not name.endswith("_quality") else "VARCHAR"


def main(csv, ndjson):
    db = duckdb.connect()
    rows = lambda sql: db.execute(sql).fetchall()
    # Texts may be as large as a prompt.
    from_csv = f"read_csv('{csv}', header=true, quote='\"', escape='\"', max_line_size=67108864"
    from_json = f"read_json('{ndjson}', format='newline_delimited', maximum_object_size=67108864"
    types = {what: [row[:2] for row in rows(f"DESCRIBE SELECT * FROM {source})")]
             for what, source in (("csv", from_csv), ("json", from_json))}
    columns = [name for name, _ in types["csv"]]
    kinds = {name: "JSON" if name in NESTED else promised(name) for name in columns}
    faults = []
    if columns != [name for name, _ in types["json"]]:
        faults.append("the columns differ")
    for what, source in (("csv", from_csv), ("json", from_json)):
        for name, kind in types[what]:
            is_empty = not rows(f'SELECT 1 FROM {source}) WHERE "{name}" IS NOT NULL LIMIT 1')
            # Its guess for whole numbers of either sign is the wider type.
            kind = "BIGINT" if kind == "HUGEINT" else kind
            if kinds[name] not in ("VARCHAR", "JSON") and kind != kinds[name] and not is_empty:
                faults.append(f"{what}: {name} is {kind}, not {kinds[name]}")
    texts = rows(f"SELECT * FROM {from_csv}, all_varchar=true)")
    values = rows(f"SELECT * FROM {from_json}, columns={kinds})")
    print(f"DuckDB {duckdb.__version__}: {len(columns)} columns, {len(texts)} rows of CSV, {len(values)} of JSON")
    count = 0
    for line, pair in enumerate(zip(texts, values, strict=True)):
        for name, cell, value in zip(columns, *pair):
            if isinstance(value, bool):
                value = "true" if value else "false"
            elif name in NESTED:
                value, cell = value and json.loads(value), cell and json.loads(cell)
            elif isinstance(value, float):
                cell = cell and float(cell)
            elif isinstance(value, int):
                cell = cell and int(cell)
            elif cell is not None and FORMULA.match(cell):
                cell = cell[1:]
            count += 1
            # DuckDB takes a quoted empty text for NULL too.
            if cell != value and (cell or value):
                faults.append(f"row {line + 1}, {name}: {cell!r} in CSV, {value!r} in JSON")
    print(f"{count} cells compared, {len(faults)} faults")
    for fault in faults[:20]:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
