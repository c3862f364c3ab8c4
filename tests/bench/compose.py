#!/usr/bin/env python3
"""Questions on networks that are mostly hidden, with composition and without, and prints a table in Markdown: seconds of
whole runs, script and all, the least of the repetitions, and the states that were searched. Without composition, and with
the script's own compressions taken out, only one run, which is given up after a minute.

    compose.py --build build/release [--models tests/bench/composed] [--only TEXT] [--repeat 3]
"""
import argparse, glob, os, re, tempfile

from timed_check import check


def flat(script, folder):
    """The script with compressions that do nothing."""
    with open(script) as file:
        text = re.sub(r"^transparent (.*)$", lambda names: "\n".join(f"{name.strip()}(P) = P" for name in names[1].split(",")),
                      file.read(), flags=re.M)
    path = os.path.join(folder, os.path.basename(script))
    with open(path, "w") as file:
        file.write(text)
    return path


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", default="build/release")
    arguments.add_argument("--models", default="tests/bench/composed")
    arguments.add_argument("--only", default="")
    arguments.add_argument("--repeat", type=int, default=3)
    options = arguments.parse_args()
    tool = os.path.join(options.build, "cli", "tryst")
    print("| model | assertion | composed | states | time | flat | states | time |\n|---|---|---|---|---|---|---|---|")
    for script in sorted(glob.glob(os.path.join(options.models, "*.csp"))):
        name = os.path.splitext(os.path.basename(script))[0]
        if options.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for index, assertion in enumerate(check(script, tool, 1, "--list")[0]):
                chosen = ["--assert", str(index)]
                cells = [f"`{name}`", f"`{assertion['text']}`"]
                for [answer], seconds in (check(script, tool, options.repeat, *chosen),
                                          check(flat(script, folder), tool, 1, *chosen, "--compose", "off", "--timeout", "60")):
                    cells += [answer["verdict"], f"{answer['states']:,}", f"{seconds:.2f} s"]
                print("| " + " | ".join(cells) + " |", flush=True)


main()
