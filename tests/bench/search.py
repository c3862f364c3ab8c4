#!/usr/bin/env python3
"""Compares exhaustive search with SPIN's on equal models, in one run, and prints a table in Markdown.

    search.py --build build/release [--models tests/bench/models] [--only TEXT] [--repeat 3]

Each model is asked for the traces of RUN(Events), which every state must be visited for. SPIN explores the Promela model
of the same name, depth first and breadth first, without partial order reduction. What is compared are transitions a
second, as the programs count them; every time is the minimum of the repetitions. Columns: one thread without reductions,
one thread with them, and two threads with them; the last two columns are the ratio of one thread, without and with reductions, to
the faster mode of SPIN. Reductions answer the same question by following fewer transitions, in abp4_2 also by visiting
fewer states: their rates count the transitions that the flat search follows.
"""
import argparse, glob, json, os, re, shutil, subprocess, sys, tempfile


def spin(model, folder, repeat):
    """Transitions of the model, and a second, by the faster of SPIN's modes; None without SPIN or a Promela model."""
    if shutil.which("spin") is None or not os.path.exists(model):
        return None
    run = lambda *command: subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                          universal_newlines=True).stdout
    run("spin", "-a", os.path.abspath(model))
    rates = []
    for mode in ([], ["-DBFS"]):
        run("gcc", "-O2", "-DNOREDUCE", "-DSAFETY", "-DMEMLIM=8000", *mode, "-o", "pan", "pan.c")
        outputs = [run("./pan", "-m10000000", "-E", "-n") for _ in range(repeat)]
        if any("out of memory" in output or "max search depth too small" in output for output in outputs):
            continue
        transitions = int(re.search(r"(\d+) transitions", outputs[0]).group(1))
        seconds = min(float(re.search(r"elapsed time ([\d.]+)", output).group(1)) for output in outputs)
        rates.append(transitions / max(seconds, 0.01))
    return max(rates, default=None)


def tryst(tool, script, repeat, *options):
    """The report on the script's one assertion, of the fastest repetition."""
    command = [tool, "check", "--format", "json", *options, script]
    reports = [json.loads(subprocess.run(command, stdout=subprocess.PIPE).stdout)["assertions"][-1] for _ in range(repeat)]
    return min(reports, key=lambda report: report["seconds"])


def exhaustive(script, folder):
    """The script with its last assertion, or, if that asks for deadlocks, with one that needs every state."""
    with open(script) as handle:
        lines = handle.read().splitlines()
    assertions = [line for line in lines if line.startswith("assert")]
    last = assertions[-1] if "[T=" in assertions[-1] else "assert RUN(Events) [T= SYSTEM"
    path = os.path.join(folder, os.path.basename(script))
    with open(path, "w") as handle:
        handle.write("\n".join([line for line in lines if not line.startswith("assert")] + [last]) + "\n")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--models", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "models"))
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    tool = os.path.abspath(os.path.join(args.build, "cli/tryst"))
    millions = lambda rate: f"{rate / 1e6:.1f} M/s" if rate else "–"
    print("| model | states | transitions | SPIN | flat | reduced | 2 threads | flat : SPIN | reduced : SPIN |")
    print("|---|---|---|---|---|---|---|---|---|")
    for model in sorted(glob.glob(os.path.join(args.models, "*.csp"))):
        name = os.path.splitext(os.path.basename(model))[0]
        if args.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            script = exhaustive(model, folder)
            yardstick = spin(os.path.splitext(model)[0] + ".pml", folder, args.repeat)
            flat = lambda *options: tryst(tool, script, args.repeat, "--compose", "off", "--threads", *options)
            reports = [flat("1", "--no-reduction"), flat("1"), flat("2")]
        if len({report["verdict"] for report in reports}) > 1 or reports[1]["states"] != reports[2]["states"]:
            sys.exit(f"{name}: the answer depends on the options")
        rates = [reports[0]["transitions"] / report["seconds"] for report in reports]
        ratios = [f"{rate / yardstick:.1f}" if yardstick else "–" for rate in rates[:2]]
        cells = [f"`{name}`", f"{reports[0]['states']:,}", f"{reports[0]['transitions']:,}", millions(yardstick),
                 *map(millions, rates), *ratios]
        print("| " + " | ".join(cells) + " |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
