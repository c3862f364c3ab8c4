#!/usr/bin/env python3
"""Scripts of other authors, from the conformance data beside the checkout, one assertion after the other, and prints a
table in Markdown: verdict, states, seconds of one processor and the most memory that was in use. Where sizes are given, the script is
also run with another size in the place of its own. A script that is not there is left out.

    authors.py --build build/release [--data ../shared/conformance/cspm/corpus] [--only TEXT] [--timeout 600] [--max-memory 16G]
"""
import argparse, json, os, resource, shutil, subprocess, sys, tempfile

EXAMPLES = "molviken+TTK3/fdr-examples"
MODELS = [  # name, script, what says the size, the sizes
    ("bully", f"{EXAMPLES}/ucs/chapter17/zbullyr.csp", "N=", ["3"]),
    ("ddb", f"{EXAMPLES}/tpc/chapter15/ddb.csp", "N = ", ["4", "5"]),
    ("inv", f"{EXAMPLES}/ucs/chapter08/inv.csp", "N = ", ["20", "100"]),
    ("nspk", f"{EXAMPLES}/tpc/chapter15/nspk.csp", None, [None]),
    ("NSL", "divvany+AMCCP_CasperFDR/documents/Normal/NSL.csp", None, [None]),
    ("solitaire", f"{EXAMPLES}/tpc/chapter15/solitaire.csp", None, [None]),
]


def resized(script, setting, size, folder):
    """The script with this size, beside a copy of what it includes."""
    copy = os.path.join(folder, "scripts")
    shutil.copytree(os.path.dirname(script), copy)
    path = os.path.join(copy, os.path.basename(script))
    with open(path) as file:
        lines = file.readlines()
    chosen = [i for i, line in enumerate(lines) if line.startswith(setting)]
    assert len(chosen) == 1, f"{script}: one line should start with `{setting}`"
    lines[chosen[0]] = f"{setting}{size}\n"
    with open(path, "w") as file:
        file.writelines(lines)
    return path


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--data", default="../shared/conformance/cspm/corpus")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--timeout", default="600")
    arguments.add_argument("--max-memory", default="16G")
    arguments.add_argument("--repeat", help="not used: each assertion is decided once")
    options = arguments.parse_args()
    tool = os.path.join(options.build, "cli", "tryst")
    print("| model | assertion | verdict | states | time | memory |\n|---|---|---|---|---|---|")
    for name, relative, setting, sizes in MODELS:
        script = os.path.join(options.data, relative)
        if options.only not in name:
            continue
        if not os.path.exists(script):
            print(f"{name}: {script} is not there", file=sys.stderr)
            continue
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                path = resized(script, setting, size, folder) if size else script
                label = f"`{name}`, {setting.split('=')[0].strip()} = {size}" if size else f"`{name}`"
                listed = subprocess.run([tool, "check", "--list", "--format", "json", path], stdout=subprocess.PIPE)
                for assertion in json.loads(listed.stdout)["assertions"]:
                    # Each in a process of its own, so that time and memory are its own.
                    before = processor_seconds()
                    run = subprocess.run([tool, "check", "--format", "json", "--threads", "1", "--timeout", options.timeout,
                                          "--max-memory", options.max_memory, "--assert", str(assertion["index"]), path],
                                         stdout=subprocess.PIPE)
                    answer = json.loads(run.stdout)["assertions"][0]
                    seconds = processor_seconds() - before
                    states = "proved" if answer.get("argument") and not answer["states"] else f"{answer['states']:,}"
                    text = assertion["text"].replace("|", "\\|")
                    print(f"| {label} | `{text}` | {answer['verdict']} | {states} | {seconds:.2f} s | "
                          f"{answer['memory_bytes'] >> 20} MB |", flush=True)


main()
