"""The fewest people for fixed tasks by CP-SAT: the peer that Muster is measured against.

    python3 cp_sat.py FILE SECONDS WORKERS

Prints JSON: value, bound, seconds and who holds each task. The seconds are those of the solver
alone, without reading the file or stating the model.
"""

import json
import sys

from ortools.sat.python import cp_model


def read(path):
    """Spans of the tasks, and of each person the tasks that they may do."""
    with open(path, encoding="utf-8") as file:
        lines = [line for line in map(str.strip, file) if line and not line.startswith("#")]
    jobs = int(lines[1].split("=")[1])
    spans = [tuple(map(int, line.split())) for line in lines[2 : 2 + jobs]]
    count = int(lines[2 + jobs].split("=")[1])
    people = lines[3 + jobs : 3 + jobs + count]
    return spans, [sorted(set(map(int, line.split(":")[1].split()))) for line in people]


def at_once(spans, tasks):
    """Maximal sets of tasks that run at one moment."""
    sets, running = [], []
    for task in sorted(tasks, key=lambda task: spans[task]):
        start = spans[task][0]
        going = [other for other in running if spans[other][1] > start]
        if len(going) < len(running):
            sets.append(running)
        running = going + [task]
    return sets + [running]


def main():
    path, seconds, workers = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    spans, people = read(path)
    model = cp_model.CpModel()
    used = [model.new_bool_var("") for _ in people]
    held = [[] for _ in spans]
    for person, tasks in enumerate(people):
        holds = {task: model.new_bool_var("") for task in tasks}
        for task, variable in holds.items():
            held[task].append((person, variable))
        for together in at_once(spans, tasks):
            # At most one of them, and none by who is not used.
            model.add_at_most_one([holds[task] for task in together] + [used[person].negated()])
    for holders in held:
        model.add_exactly_one(variable for _, variable in holders)
    # Implied, and what the linear relaxation finds after a while: given from the start.
    most = max((len(together) for together in at_once(spans, range(len(spans)))), default=0)
    model.add(sum(used) >= most)
    model.minimize(sum(used))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = 0
    status = solver.solve(model)
    answer = {"value": None, "bound": most, "seconds": solver.wall_time, "holders": None}
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        answer["holders"] = [
            next(person for person, variable in holders if solver.value(variable))
            for holders in held
        ]
        answer["value"] = len(set(answer["holders"]))
        answer["bound"] = max(most, round(solver.best_objective_bound))
    print(json.dumps(answer))


main()
