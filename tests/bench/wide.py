#!/usr/bin/env python3
"""Proves networks of a thousand components and more free of deadlock, checks the certificates, and prints a table in
Markdown: seconds of whole runs, script and all, the least of the repetitions, and the peak of resident memory.

    wide.py --build build/release [--models tests/bench/wide] [--only TEXT] [--repeat 3] [--local]

--local: proves that no component can be blocked for ever, too.
"""
import argparse, glob, os, re, subprocess, tempfile, time


def run(repeat, *command):
    """The output, the least time, and the peak of memory in MB."""
    seconds = []
    for _ in range(repeat):
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, universal_newlines=True)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.monotonic() - start)
        if status != 0:
            raise SystemExit(f"{' '.join(command)}: exit status {status >> 8}\n{output}")
    return output, min(seconds), usage.ru_maxrss // 1024


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--models", default="tests/bench/wide")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--repeat", type=int, default=3)
    arguments.add_argument("--local", action="store_true")
    options = arguments.parse_args()
    tool = os.path.join(options.build, "cli", "tryst")
    print("| model | components | proof | memory | certificate | checked in |\n|---|---|---|---|---|---|")
    for script in sorted(glob.glob(os.path.join(options.models, "*.csp"))):
        name = os.path.splitext(os.path.basename(script))[0]
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            proof = os.path.join(folder, "proof")
            check = [tool, "check", "--prove", "structural"] + ["--local"] * options.local
            _, seconds, memory = run(options.repeat, *check, script)
            run(1, *check, "--certificate", proof, script)
            _, certified, _ = run(options.repeat, tool, "certify", proof, script)
            with open(proof) as file:
                components = int(re.search(r"^size (\d+)", file.read(), re.M).group(1))
            print(f"| `{name}` | {components:,} | {seconds:.2f} s | {memory} MB | {os.path.getsize(proof) / 1000:,.0f} kB "
                  f"| {certified:.2f} s |", flush=True)


main()
