"""How benchmarks that print tables ask a question and time it."""
import json, subprocess, time


def check(script, tool, repeat, *options):
    """Each assertion's report, and the least time of the whole run."""
    seconds = []
    for _ in range(repeat):
        start = time.monotonic()
        output = subprocess.run([tool, "check", "--format", "json", "--threads", "1", *options, script],
                                stdout=subprocess.PIPE, universal_newlines=True).stdout
        seconds.append(time.monotonic() - start)
    return json.loads(output)["assertions"], min(seconds)
