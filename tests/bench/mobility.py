#!/usr/bin/env python3
"""Measures bisimilarity of π-processes: Milner's scheduler against its specification, and the mobile network's handover.

    mobility.py --build build/release [--only TEXT] [--repeat 3] [--cells 9,11] [--print N]

A ring of n cells is weakly open bisimilar, with all names distinct, to a specification that has a state for each job whose
turn it is and each set of jobs that run: n 2^n definitions, 3n 2^(n-1) pairs. Printed are seconds of processor time, the
least of the repetitions, of a whole `tryst check`, and the peak of its memory. `--print N` writes the file for n cells.
"""
import argparse, os, re, subprocess, sys, tempfile

CELLS = """\
agent Cell(a,b,c,d) = a.Started(a,b,c,d)
agent Started(a,b,c,d) = 'd.Running(a,b,c,d)
agent Running(a,b,c,d) = b.Waiting(a,b,c,d) + c.Ending(a,b,c,d)
agent Waiting(a,b,c,d) = c.Cell(a,b,c,d)
agent Ending(a,b,c,d) = b.Cell(a,b,c,d)
"""


def scheduler(n):
    """The ring, the specification, and the question whether they are the same."""
    names = ",".join(f"a{i},b{i}" for i in range(n))
    cells = [f"{'Waiting' if i else 'Cell'}(a{i},b{i},c{i},c{(i + 1) % n})" for i in range(n)]
    out = [CELLS, f"agent Ring({names}) = (^{','.join(f'c{i}' for i in range(n))})({' | '.join(cells)})"]
    for turn in range(n):
        for running in range(1 << n):
            moves = [f"b{j}.S{turn}x{running & ~(1 << j)}({names})" for j in range(n) if running >> j & 1]
            if not running >> turn & 1:
                moves.append(f"a{turn}.S{(turn + 1) % n}x{running | 1 << turn}({names})")
            out.append(f"agent S{turn}x{running}({names}) = {' + '.join(moves)}")
    out.append(f"assert Ring({names}) ~ S0x0({names}) weak open distinct {names}")
    return "\n".join(out) + "\n"


def measure(command):
    """What is printed, the seconds and the peak of the memory in MB."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return printed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build")
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--cells", default="9,11")
    parser.add_argument("--print", type=int)
    args = parser.parse_args()
    if args.print:
        print(scheduler(args.print), end="")
        return 0
    if not args.build:
        parser.error("--build is needed to measure")
    tool = os.path.join(args.build, "cli/tryst")
    models = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../models/pi")
    with tempfile.TemporaryDirectory() as folder:
        questions = [("handover, weak open", os.path.join(models, "handover.pi"))]
        for n in map(int, args.cells.split(",")):
            path = os.path.join(folder, f"scheduler{n}.pi")
            with open(path, "w", encoding="utf-8") as file:
                file.write(scheduler(n))
            questions.append((f"scheduler of {n} cells", path))
        for name, path in questions:
            if args.only not in name:
                continue
            command = [tool, "check", path, "--assert", "0"]
            runs = [measure(command) for _ in range(args.repeat)]
            printed, seconds, memory = min(runs, key=lambda run: run[1])
            pairs = re.search(r"([\d,]+) states", printed)
            verdict = "ok" if re.search(r"\bok\b", printed) else "not ok"
            print(f"{name:24} {verdict:6} {pairs.group(1) if pairs else '?':>8} pairs {seconds:8.2f} s {memory:6.0f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
