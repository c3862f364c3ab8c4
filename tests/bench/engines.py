#!/usr/bin/env python3
"""Questions that the network's engine decides otherwise than the rules do, by both, and prints a table in Markdown: the
seconds of whole runs by one thread, script and all, and the states that were searched. The rules get a minute.

    engines.py --build build/release [--models tests/bench/engines] [--only TEXT] [--repeat 3]
"""
import argparse, glob, os

from timed_check import check


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--models", default="tests/bench/engines")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--repeat", type=int, default=3)
    options = arguments.parse_args()
    tool = os.path.join(options.build, "cli", "tryst")
    print("| model | assertion | verdict | network: states | time | rules: states | time |\n|---|---|---|---|---|---|---|")
    for script in sorted(glob.glob(os.path.join(options.models, "*.csp"))):
        name = os.path.splitext(os.path.basename(script))[0]
        if options.only not in name:
            continue
        for index, assertion in enumerate(check(script, tool, 1, "--list")[0]):
            chosen = ["--assert", str(index)]
            [by_network], quick = check(script, tool, options.repeat, *chosen)
            [by_rules], slow = check(script, tool, 1, *chosen, "--engine", "reference", "--timeout", "60")
            print(f"| `{name}` | `{assertion['text']}` | {by_network['verdict']} | {by_network['states']:,} | {quick:.2f} s "
                  f"| {by_rules['states']:,} | {slow:.2f} s |", flush=True)


main()
