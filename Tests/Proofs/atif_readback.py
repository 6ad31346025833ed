#!/usr/bin/env python3
"""Reads exported trajectories with the models of other programs, which refuse what ATIF does not allow.

    atif_readback.py EXPORT.jsonl …

Each line is a document. Tried are whichever of these packages are installed: nvidia-nat-atif, the models of the NeMo
Agent Toolkit, which know ATIF up to 1.7; and harbor, where the format comes from, whose models know it up to 1.8 and
need nothing but pydantic (pip install --no-deps harbor). A document passes if a model takes it and then holds just what
the document says, nulls aside.
"""

import importlib.metadata
import json
import sys


def readers():
    """The models that are installed, by name."""
    found = {}
    try:
        from nat.atif.trajectory import Trajectory

        found["nvidia-nat-atif"] = Trajectory
    except ImportError:
        pass
    try:
        from harbor.models.trajectories import Trajectory

        found["harbor"] = Trajectory
    except ImportError:
        pass
    return found


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_nulls(inner) for inner in value]
    return value


def fault(model, document):
    """What is wrong with a document; None where nothing is."""
    try:
        trajectory = model.model_validate(document)
    except ValueError as error:
        return str(error)
    if without_nulls(trajectory.model_dump(mode="json", exclude_none=True)) != without_nulls(document):
        return "the model holds something else than the document says"
    return None


def trajectories(document):
    """How many trajectories a document holds, itself included."""
    return 1 + sum(trajectories(inner) for inner in document.get("subagent_trajectories") or [])


def main(paths):
    models = readers()
    if not models or not paths:
        sys.exit(__doc__)
    for name in models:
        print(f"{name} {importlib.metadata.version(name)}")
    is_wrong = False
    for path in paths:
        with open(path, encoding="utf-8") as file:
            documents = [json.loads(line) for line in file if line.strip()]
        count = sum(trajectories(document) for document in documents)
        for name, model in models.items():
            faults = [found for document in documents if (found := fault(model, document))]
            is_wrong = is_wrong or bool(faults)
            print(f"{path}: {name}: {len(documents)} documents, {count} trajectories, {len(faults)} refused")
            for found in faults[:3]:
                print("    " + found.replace("\n", "\n    "))
    sys.exit(1 if is_wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
