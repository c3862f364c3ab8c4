#!/usr/bin/env python3
"""Emits scripts of a corpus as programs, and prints what became of each and how many components are tables.

    emit_corpus.py --tool build/release/cli/tryst --library build/release/runtime/libtryst_runtime.a DATA
                   [--scripts 50] [--only TEXT] [--all] [--emit-only] [--timeout 120]

DATA is the folder of the conformance data for CSPM, whose scripts are those that have recorded verdicts; or any folder of
scripts, of either calculus: `models/csp`, `models/pi`. Of each script the process of its first assertion is emitted, or with `--all` of each assertion; at
most `--scripts` in all, folder by folder by turns so that they differ. Each program is validated by `emit` itself,
compiled with every warning an error, checks itself with the monitor on, and runs for 100,000 monitored steps (of the
π-calculus, where each compares whole states, 1,000); the counterexamples that `check` has for this process are all replayed.

A script agrees when all that succeeds, or when `emit` refuses it with a diagnostic that has a place, or a limit; anything
else is printed as a FAULT. Exit status 0: no faults.
"""
import argparse, collections, csv, itertools, json, os, re, subprocess, sys, tempfile

REFUSED = {3: "not in the language", 20: "a limit"}


def run(command, timeout):
    """Exit status and both streams."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout)
        return done.returncode, done.stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return -1, ""


def scripts_of(data, only):
    """The scripts with verdicts, one from each folder by turns; or all scripts, where there are no verdicts."""
    if not os.path.exists(os.path.join(data, "verdicts.tsv")):
        return sorted(name for name in os.listdir(data) if name.endswith((".csp", ".pi")) and only in name)
    with open(os.path.join(data, "verdicts.tsv"), newline="") as handle:
        lines = [line for line in handle if line.strip() and not line.startswith("#")]
    folders = collections.defaultdict(list)
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        path = row["file"]
        folder = re.sub(r"/r[0-9a-f]{20,}/.*|/[^/]*$", "", path)
        if path.startswith("corpus/") and only in path and path not in folders[folder]:
            folders[folder].append(path)
    rounds = itertools.zip_longest(*folders.values())
    return [path for paths in rounds for path in paths if path]


def implementation(assertion):
    """The process that an assertion is about."""
    text = assertion["text"]
    if assertion["file"].endswith(".pi"):
        return re.split(r" ~ | deadlock free$", text)[0]
    refined = re.search(r"\[(?:T|F|FD|R|RD|V|VD)=", text)
    if refined:
        text = text[refined.end():]
    return re.split(r":\s*\[", text)[0].strip()


class Fault(Exception):
    pass


def replay(args, model, index, program, folder):
    """Replays the counterexample of an assertion, if it has one that a trace says. How many were."""
    status, text = run([args.tool, "check", "--format", "json", "--assert", str(index), "--timeout", "20", model], args.timeout)
    if status != 10:
        return 0
    found = json.loads(text)["assertions"][0].get("counterexample") or {}
    if "trace" not in found:
        return 0
    path = os.path.join(folder, "trace.txt")
    with open(path, "w") as out:
        out.writelines(event + "\n" for event in found["trace"])
    status, text = run([program, "--replay", path], args.timeout)
    if status != 0:
        raise Fault(f"the counterexample of assertion {index} is not performed: {text.strip()[-200:]}")
    return 1


def questions(args, model):
    """The processes of a script to be emitted, each with the assertions about it; or why there are none."""
    status, text = run([args.tool, "check", "--list", "--format", "json", model], args.timeout)
    if status != 0:
        return {}, f"refused: exit {status}"
    asked = collections.defaultdict(list)
    for assertion in json.loads(text)["assertions"]:
        asked[implementation(assertion)].append(assertion["index"])
    chosen = dict(list(asked.items())[: None if args.all else 1])
    return chosen, "" if chosen else "has no assertion"


def emit(args, model, process, assertions, folder):
    """What became of a process, in words, and its components with why some are tables."""
    project = os.path.join(folder, "project")
    status, text = run([args.tool, "emit", "--unverified", "--assert", str(assertions[0]), "--timeout", "20", "--max-states", "1000000",
                        *(["--no-validation"] if args.emit_only else []), f"{model}:{process}", "--output", project],
                       args.timeout)
    if status in REFUSED:
        place = re.search(r"^.*error.*$|^.*limit.*$|^.*inconclusive.*$", text, re.M)
        if status == 3 and not re.search(r":\d+:\d+", text):
            raise Fault("refused without a place: " + text.strip()[-300:])
        return f"refused, {REFUSED[status]}: {(place.group(0) if place else text.strip())[-160:]}", 0, []
    if status == -1:
        return "refused, time", 0, []
    if status != 0:
        raise Fault(f"emit exits {status}: {text.strip()[-600:]}")
    tables = re.findall(r" is emitted as a table: (.*)$", text, re.M)
    sizes = re.search(r": (\d+) components?,", text)  # a program of the π-calculus has none
    components = int(sizes.group(1)) if sizes else 0
    if args.emit_only:
        return "emitted", components, tables
    whole = re.search(r"the whole with .*$|^the program .*$", text, re.M)
    with open(os.path.join(project, "all.cpp"), "w") as out:
        out.write('#include "main.cpp"\n#include "model.cpp"\n#include "hooks.cpp"\n')
    program = os.path.join(project, "program")
    status, text = run(["c++", "-std=c++20", "-O0", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I",
                        os.path.join(project, "tryst"), os.path.join(project, "all.cpp"), args.library, "-o", program],
                       10 * args.timeout)
    if status != 0:
        raise Fault("does not compile: " + text.strip()[-600:])
    checked = "self-check passed"
    status, text = run([program, "--self-check"], args.timeout)
    if status in (20, -1):
        checked = "too large for the self-check"
    elif status != 0:
        raise Fault("self-check: " + text.strip()[-300:])
    status, text = run([program, "--monitor", "--steps", "1000" if model.endswith(".pi") else "100000"], args.timeout)
    if status not in (0, 10):
        raise Fault("monitored run: " + text.strip()[-300:])
    ending = text.strip().splitlines()[0] if text.strip() else ""
    replayed = sum(replay(args, model, index, program, folder) for index in assertions)
    words = f"{whole.group(0) if whole else 'components only'}; {checked}; {ending}"
    return words + (f", {replayed} counterexample{'s' * (replayed != 1)} replayed" if replayed else ""), components, tables


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("--tool", required=True)
    parser.add_argument("--library", default="")
    parser.add_argument("--scripts", type=int, default=50)
    parser.add_argument("--only", default="")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--emit-only", action="store_true")
    parser.add_argument("--timeout", type=int, default=120)
    args = parser.parse_args()
    reasons = collections.Counter()
    components = tables = emitted = tried = faults = 0
    def programs():
        for path in scripts_of(args.data, args.only):
            model = os.path.join(args.data, path)
            chosen, why_not = questions(args, model)
            if why_not:
                yield path, lambda folder: (why_not, 0, [])
            for process, assertions in chosen.items():
                name = f"{path}:{process}" if args.all else path
                yield name, lambda folder: emit(args, model, process, assertions, folder)

    for path, attempt in programs():
        if emitted == args.scripts:
            break
        tried += 1
        with tempfile.TemporaryDirectory() as folder:
            try:
                words, all_of_them, as_tables = attempt(folder)
            except Fault as fault:
                faults += 1
                print(f"{path}: FAULT: {fault}", flush=True)
                continue
        components += all_of_them
        tables += len(as_tables)
        emitted += not words.startswith(("refused", "has no"))
        reasons.update(as_tables)
        print(f"{path}: {words}" + (f"; {len(as_tables)} of {all_of_them} components are tables" if all_of_them else ""),
              flush=True)
    print(f"\n{tried} {'processes' if args.all else 'scripts'}, {emitted} emitted, {faults} faults; {tables} of {components} components are tables:")
    for reason, count in reasons.most_common():
        print(f"{count:6} {reason}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
