#!/usr/bin/env python3
"""Measures reading and minimising on files of millions of transitions, which are made by `tryst lts` first.

    equivalence.py --build build/release [--only TEXT] [--repeat 3]

For each model equivalence_bench prints its table; then, for each relation, what a whole `tryst minimise` with one thread
takes: seconds of CPU time, the least of the repetitions, and the peak of its memory in bytes for each transition read.
"""
import argparse, json, os, subprocess, sys, tempfile

MODELS = ["phil12", "milner16", "abp4_2"]
RELATIONS = ["strong", "branching", "weak"]


def minimise(tool, path, relation):
    """What is reported, the seconds and the peak of the memory in bytes."""
    command = [tool, "minimise", path, "--relation", relation, "--threads", "1", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        report = json.load(process.stdout)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return report, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    tool = os.path.abspath(os.path.join(args.build, "cli/tryst"))
    bench = os.path.abspath(os.path.join(args.build, "tests/equivalence_bench"))
    models = os.path.join(os.path.dirname(os.path.abspath(__file__)), "models")
    for name in MODELS:
        if args.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, name + ".aut")
            subprocess.run([tool, "lts", os.path.join(models, name + ".csp:SYSTEM"), "--output", path, "--quiet"], check=True)
            subprocess.run([bench, path, "2", *RELATIONS], check=True)
            for relation in RELATIONS:
                runs = [minimise(tool, path, relation) for _ in range(args.repeat)]
                report, seconds, peak = min(runs, key=lambda run: run[1])
                print(f"  tryst minimise, {relation:9} {seconds:8.1f} s of CPU time, "
                      f"{peak / report['before']['transitions']:.0f} bytes a transition", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
