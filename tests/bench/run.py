#!/usr/bin/env python3
"""Times the tool on questions that matter and prints each as seconds and as a ratio to a yardstick of the same run.

    run.py --build build/release [--only TEXT] [--repeat 3]

The yardstick (yardstick.cpp) is ten million random insertions into a hash table. Every figure is the minimum of the repetitions,
whole process, wall clock. A ratio says what a change did even when the machine is busy; nothing here passes or fails.
"""
import argparse, os, resource, subprocess, sys, tempfile, time


def long_script(lines):
    """A script of about `lines` lines that uses most of the language: what the front end must read in half a second."""
    out = ["datatype Msg = Req.{0..3} | Ack.{0..3} | Nil", "channel a, b : {0..3}", "channel m : Msg.Bool", "channel tick'"]
    block = """\
f{i}(0, s) = s
f{i}(n, s) = if n > 3 and not null(s) then f{i}(n - 1, s ^ <n>) else <x | x <- s, x != n>
S{i} = {{(x, y) | x <- {{0..3}}, y <- {{0..{i}}}, x < y}}
P{i}(n) =
  a?x:{{0..2}} -> b!((x + n) % 4) -> P{i}(x)
  [] m?Req.k?flag -> (if flag then Q{i} else P{i}(k))
  [] n > 1 & tick' -> SKIP
Q{i} =
  let R(0) = STOP
      R(k) = b.k -> R(k - 1)
  within (R(3) ||| P{i}(0)) \\ {{| b |}}
T{i} = (P{i}(1) [| {{| a, m |}} |] Q{i})[[ a.x <- b.x | x <- {{0..3}} ]]
assert T{i} :[deadlock free [F]]
"""
    i = 0
    while len(out) < lines:
        out += block.format(i=i).splitlines()
        i += 1
    return "\n".join(out) + "\n"


PHILOSOPHERS = """\
N = 7
ID = {0..N - 1}
channel pick, put : ID.ID
channel eat : ID
PHIL(i) = pick.i.i -> pick.i.((i + 1) % N) -> eat.i -> put.i.i -> put.i.((i + 1) % N) -> PHIL(i)
FORK(j) = pick.j.j -> put.j.j -> FORK(j) [] pick.((j + N - 1) % N).j -> put.((j + N - 1) % N).j -> FORK(j)
SYSTEM = (||| i:ID @ PHIL(i)) [| {| pick, put |} |] (||| j:ID @ FORK(j))
assert SYSTEM :[divergence free]
"""

FUNCTIONS = """\
count(0, n) = n
count(k, n) = count(k - 1, if k % 3 == 0 then n + 1 else n)
squares = card({x * x % 1000003 | x <- {1..1000000}})
"""


def best(command, repeat):
    """Minimum seconds and the peak memory in MB of a whole process."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return min(seconds), done.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True)
    parser.add_argument("--only", default="")
    parser.add_argument("--repeat", type=int, default=3)
    args = parser.parse_args()
    tryst = os.path.join(args.build, "cli/tryst")
    with tempfile.TemporaryDirectory() as folder:
        def script(name, text):
            path = os.path.join(folder, name)
            with open(path, "w") as handle:
                handle.write(text)
            return path

        long = script("long.csp", long_script(10_000))
        philosophers = script("philosophers.csp", PHILOSOPHERS)
        functions = script("functions.csp", FUNCTIONS)
        questions = [
            ("start-up", [tryst, "--version"]),
            ("read, resolve and type 10,000 lines", [tryst, "typecheck", long]),
            ("format 10,000 lines", [tryst, "format", long]),
            ("a set comprehension of 10^6 elements", [tryst, "evaluate", functions, "squares"]),
            ("10^6 calls of a function", [tryst, "evaluate", functions, "count(1000000, 0)"]),
            ("seven philosophers, divergence", [tryst, "check", philosophers]),
        ]
        yardstick = min(float(subprocess.run([os.path.join(args.build, "tests/yardstick")], stdout=subprocess.PIPE, check=True)
                              .stdout.split()[0]) for _ in range(args.repeat))
        print(f"{'yardstick: 10^7 insertions':44} {yardstick:8.3f} s")
        for name, command in questions:
            if args.only in name:
                seconds, status = best(command, args.repeat)
                note = "" if status in (0, 10) else f"   (exit status {status})"
                print(f"{name:44} {seconds:8.3f} s   x {seconds / yardstick:6.2f}{note}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory of the largest':44} {peak:8.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
