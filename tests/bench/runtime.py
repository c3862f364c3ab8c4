#!/usr/bin/env python3
"""What an event costs in an emitted program, beside the same in Go, and prints a table in Markdown.

    runtime.py --build build/release [--models tests/bench/runtime] [--only TEXT] [--repeat 5]

Each model is emitted, compiled as its own build file says, and run for many steps; the Go program of the same name does as
many. Times are of the processor, of the whole process on one core, divided by the steps; each is the minimum of the
repetitions. With the monitor, every step is also held against the automaton of each participant.
Models of the π-calculus say in their comments which process is measured. They are not watched: that compares whole states.
Last, what creating processes costs, and a second executor: where others use the machine, run this with `chrt -f 1`, so
that each of two threads gets a processor. The tool and these two benchmarks are built if need be.
"""
import argparse, glob, os, re, resource, shutil, subprocess, tempfile

STEPS = 20_000_000
GO_STEPS = 2_000_000


def nanoseconds(command, steps, repeat):
    """Processor time of a command, for each step."""
    environment = dict(os.environ, GOMAXPROCS="1")
    times = []
    for _ in range(repeat):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1e9 * min(times) / steps


def process_of(model):
    """What is measured, as an expression."""
    named = re.search(r"Measured: SYSTEM = (.*)", open(model).read())
    return named.group(1) if named else "SYSTEM"


def emitted(tool, model, folder):
    """The program of a model, built in the folder."""
    project, build = os.path.join(folder, "project"), os.path.join(folder, "build")
    run = lambda *command: subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    # A ring of a thousand processes takes its time to be compared with its model, which is tested elsewhere.
    unwatched = ["--no-validation"] if model.endswith(".pi") else []
    run(tool, "emit", "--quiet", *unwatched, f"{model}:{process_of(model)}", "--output", project)
    run("cmake", "-S", project, "-B", build)
    run("cmake", "--build", build, "--parallel")
    name = re.search(r"project\((\w+) ", open(os.path.join(project, "CMakeLists.txt")).read()).group(1)
    return os.path.join(build, name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--models", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "runtime"))
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=5)
    args = parser.parse_args()
    tool = os.path.abspath(os.path.join(args.build, "cli/tryst"))
    benches = ("executor_bench", "pi_executor_bench")
    subprocess.run(["cmake", "--build", args.build, "--target", "tryst", *benches], check=True, stdout=subprocess.DEVNULL)
    print("| ns an event | emitted | with the monitor | Go | Go / emitted |\n|---|---|---|---|---|")
    for model in sorted(glob.glob(os.path.join(args.models, "*.csp")) + glob.glob(os.path.join(args.models, "*.pi"))):
        name = os.path.splitext(os.path.basename(model))[0]
        if args.only not in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            program = emitted(tool, model, folder)
            steps = ["--steps", str(STEPS)]
            plain = nanoseconds([program, *steps], STEPS, args.repeat)
            watched = None if model.endswith(".pi") else nanoseconds([program, *steps, "--monitor"], STEPS, args.repeat)
            go = None
            if shutil.which("go"):
                binary = os.path.join(folder, "go")
                subprocess.run(["go", "build", "-o", binary, os.path.splitext(model)[0] + ".go"], check=True,
                               env=dict(os.environ, GOCACHE=os.path.join(folder, "cache"), GO111MODULE="off"))
                go = nanoseconds([binary, str(GO_STEPS)], GO_STEPS, args.repeat)
        beside = f"{go:.0f} | {go / plain:.1f}" if go else "- | -"
        monitored = f"{watched:.1f}" if watched else "-"
        print(f"| {name} | {plain:.1f} | {monitored} | {beside} |", flush=True)
    for bench in benches:
        subprocess.run([os.path.join(args.build, "tests", bench)], check=True)


if __name__ == "__main__":
    main()
