#!/usr/bin/env python3
"""How many deadlock assertions of a corpus are decided from the structure of the network, and whether a search agrees.

    corpus_proofs.py DATA [--build build/release] [--only TEXT] [--scripts N] [--timeout 5] [--jobs 2]

DATA is the folder of the conformance data for CSPM; the scripts are those that have recorded verdicts. Every assertion on
deadlock freedom is asked twice, with `--prove structural` and with `--prove search`. Prints a table in Markdown: how many there
are, what each way says, and where both answer. Exit status 1: they disagree somewhere.
"""
import argparse, collections, concurrent.futures, csv, json, os, subprocess, sys


def scripts_of(data, only):
    with open(os.path.join(data, "verdicts.tsv"), newline="") as handle:
        lines = [line for line in handle if line.strip() and not line.startswith("#")]
    paths = (row["file"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [path for path in dict.fromkeys(paths) if only in path]


def verdicts(options, script, how):
    """By index: the verdicts of the deadlock assertions."""
    command = [os.path.join(options.build, "cli", "tryst"), "check", "--format", "json", "--counterexamples", "0", "--prove", how,
               "--assert", "*deadlock free*", "--timeout", str(options.timeout), "--max-memory", "2G", "-j", "1", script]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              timeout=60 + 20 * options.timeout)
        report = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {}
    return {each["index"]: each["verdict"] for each in report.get("assertions", [])}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("data")
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--scripts", type=int, default=0)
    arguments.add_argument("--timeout", type=float, default=5)
    arguments.add_argument("--jobs", type=int, default=2)
    options = arguments.parse_args()
    paths = scripts_of(options.data, options.only)
    paths = [path for path in paths if "deadlock" in open(os.path.join(options.data, path), errors="replace").read()]
    paths = paths[: options.scripts] if options.scripts else paths

    def both(path):
        script = os.path.join(options.data, path)
        structural = verdicts(options, script, "structural")
        return path, structural, verdicts(options, script, "search") if structural else {}

    tally = collections.Counter()
    wrong = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, structural, search in pool.map(both, paths):
            for index, verdict in structural.items():
                other = search.get(index, "inconclusive")
                tally[verdict, other] += 1
                if verdict != other and {verdict, other} == {"holds", "fails"}:
                    wrong.append(f"{path}, assertion {index}: {verdict} from structure, {other} by search")
    kinds = ["holds", "fails", "inconclusive", "error"]
    print("| from structure | " + " | ".join(f"search: {kind}" for kind in kinds) + " | all |")
    print("|---" * (len(kinds) + 2) + "|")
    for kind in kinds:
        row = [tally[kind, other] for other in kinds]
        print(f"| {kind} | " + " | ".join(map(str, row)) + f" | {sum(row)} |")
    decided = sum(n for (kind, _), n in tally.items() if kind in ("holds", "fails"))
    asked = sum(n for (kind, _), n in tally.items() if kind != "error")
    print(f"\n{len(paths)} scripts; {decided} of {asked} decided from structure ({100 * decided / max(1, asked):.0f} %)")
    print("\n".join(wrong))
    return 1 if wrong else 0


sys.exit(main())
