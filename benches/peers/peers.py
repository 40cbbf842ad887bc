"""Solves a stated year with a general solver, tier after tier, as a peer of Muster.

    python3 peers.py PEER STATEMENT OUTCOME SECONDS THREADS

PEER is cp-sat, highs or cbc; STATEMENT the file that the benchmark `peers` writes. OUTCOME is
written anew after each tier: whoever is stopped from outside leaves what was reached. Exits with 3
where the peer is not installed.

Nothing here knows of prisons: there are seats to take, rows to keep and objectives in their order.
Gaps, the plan to begin with and the way in which rows of H12 are added are those of Muster.
"""

import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

NOT_INSTALLED = 3

# A tier is solved to a little less than its gap: solvers' own tolerances then don't matter.
OF_GAP = 0.99


class Year:
    """A statement, and what follows of a set of seats."""

    def __init__(self, stated):
        self.__dict__.update(stated)
        self.workable = [mask(person["workable"]) for person in self.people]
        self.on_site = [mask(post["on_site"]) for post in self.posts]
        self.contracted = sum(share["contracted"] for share in self.shares)

    def value(self, tier, seats):
        """What the tier comes to; T7 in days, all others in whole numbers."""
        if tier["name"] == "T7":
            return self.unfairness(seats)[0]
        return tier["constant"] + sum(c for seat, c in tier["terms"] if seat in seats)

    def used(self, seats):
        """Each share's days."""
        of = lambda share: sum(days for seat, days in share["days"] if seat in seats)
        return [share["used"] + of(share) for share in self.shares]

    def unfairness(self, seats):
        """T7's value, and the rate that makes it least: the weighted median."""
        used = self.used(seats)
        rates = [(u / s["contracted"], s["contracted"]) for u, s in zip(used, self.shares) if s["contracted"]]
        below, rate = 0, 0.0
        for rate, contracted in sorted(rates):
            below += contracted
            if 2 * below >= self.contracted:
                break
        return sum(abs(u - rate * s["contracted"]) for u, s in zip(used, self.shares)), rate

    def days_used(self, seats):
        """All days of everybody, which T7's gap is a share of."""
        return max(1, self.days_used_elsewhere + sum(self.posts[self.post_of[seat]]["days"] for seat in seats))

    def gap(self, tier, seats):
        """How far the tier's bound may be from its value: absolute, and as a share of the value."""
        if tier["name"] == "T7":
            return tier["gap"] * (self.days_used(seats) if seats else 0), 0.0
        return 0.0, tier["gap"]

    def too_full(self, seats):
        """H12: for each person whose posts don't fit together, the row of the fullest span.

        The row has all of the person's seats: Σ days that must lie in the span ≤ days to work.
        """
        rows = []
        for person, workable in zip(self.people, self.workable):
            held = [self.post_of[seat] for seat in person["seats"] if seat in seats]
            tasks = [task for post in held for task in self.posts[post]["tasks"]]
            most, worst = 0, None
            for first in {task[1] for task in tasks}:
                for last in {task[2] for task in tasks if first <= task[2]}:
                    work = sum(self.inside(post, first, last) for post in held)
                    excess = work - (workable & span(first, last)).bit_count()
                    if excess > most:
                        most, worst = excess, (first, last)
            if worst:
                terms = [(seat, self.inside(self.post_of[seat], *worst)) for seat in person["seats"]]
                free = (workable & span(*worst)).bit_count()
                rows.append(([term for term in terms if term[1]], free))
        return rows

    def inside(self, post, first, last):
        """The days of a post that must lie between two days."""
        tasks = self.posts[post]["tasks"]
        off_site = sum(days for days, begin, end in tasks if first <= begin and end <= last)
        return off_site + (self.on_site[post] & span(first, last)).bit_count()


def mask(days):
    """Days as the bits of a number."""
    bits = 0
    for day in days:
        bits |= 1 << day
    return bits


def span(first, last):
    return ((1 << (last - first + 1)) - 1) << first


class CpSat:
    """CP-SAT, in its own terms: booleans, at most one, exactly one, implications, whole numbers."""

    # T7's rate is so many parts of 1: the grid costs at most half a part of all days contracted.
    PARTS = 10_000

    def __init__(self, year, threads):
        from ortools import __version__
        from ortools.sat.python import cp_model

        self.cp, self.year, self.version = cp_model, year, __version__
        self.model = model = cp_model.CpModel()
        self.columns = [model.new_bool_var("") for _ in range(year.seats + year.weeks)]
        self.shares = None
        pick = lambda seats: [self.columns[seat] for seat in seats]
        for seats in year.at_most_one:
            model.add_at_most_one(pick(seats))
        for seats in year.exactly_one:
            model.add_exactly_one(pick(seats))
        for seat, week in year.week_of:
            model.add_implication(self.columns[seat], self.columns[week])
        for row in year.at_most:
            self.add_row(row["terms"], row["most"])
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = threads

    def sum(self, terms):
        columns = [self.columns[column] for column, _ in terms]
        return self.cp.LinearExpr.weighted_sum(columns, [factor for _, factor in terms])

    def add_row(self, terms, most):
        self.model.add(self.sum(terms) <= most)

    def objective(self, tier):
        if tier["name"] != "T7":
            return self.sum(tier["terms"])
        if self.shares is None:
            model, parts = self.model, self.PARTS
            highest = math.ceil(parts * self.year.highest_rate)
            self.rate = model.new_int_var(0, highest, "")
            self.shares = []
            for share in self.year.shares:
                most = share["used"] + sum(days for _, days in share["days"])
                uneven = model.new_int_var(0, parts * most + highest * share["contracted"], "")
                used = parts * share["used"] + parts * self.sum(share["days"])
                due = share["contracted"] * self.rate
                model.add(used - due <= uneven)
                model.add(due - used <= uneven)
                self.shares.append(uneven)
        return sum(self.shares)

    def on_grid(self, seats):
        """T7 of a plan at the best rate that is a whole number of parts."""
        used, best = self.year.used(seats), None
        near = math.floor(self.PARTS * self.year.unfairness(seats)[1])
        for rate in (near, near + 1):
            uneven = [abs(self.PARTS * u - rate * s["contracted"]) for u, s in zip(used, self.year.shares)]
            if best is None or sum(uneven) < best[0]:
                best = sum(uneven), rate, uneven
        return best

    def keep(self, tier, seats, most):
        if tier["name"] == "T7":
            self.model.add(self.objective(tier) <= self.on_grid(seats)[0])
        else:
            self.add_row(tier["terms"], most - tier["constant"])

    def solve(self, tier, start, gap, seconds):
        """Seats or none, a bound in the tier's unit, whether the gap is closed."""
        fair = tier["name"] == "T7"
        self.model.minimize(self.objective(tier))
        self.model.clear_hints()
        if start is not None:
            for column, value in enumerate(held_columns(self.year, start)):
                self.model.add_hint(self.columns[column], value)
            if self.shares is not None:
                _, rate, uneven = self.on_grid(start)
                self.model.add_hint(self.rate, rate)
                for column, value in zip(self.shares, uneven):
                    self.model.add_hint(column, value)
        grid = self.year.contracted / 2 / self.PARTS
        scale = self.PARTS if fair else 1
        lost = grid if fair else 0
        parameters = self.solver.parameters
        parameters.max_time_in_seconds = seconds
        absolute, relative = gap
        parameters.absolute_gap_limit = max(0.0, absolute - lost) * scale
        parameters.relative_gap_limit = relative
        status = self.solver.solve(self.model)
        if status == self.cp.INFEASIBLE:
            sys.exit(f"CP-SAT finds no plan in {tier['name']}")
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            # What it then says of the bound is 0, and no bound on a sum that begins below 0.
            return None, -math.inf, False
        bound = self.solver.best_objective_bound / scale + tier["constant"] - lost
        taken = [seat for seat in range(self.year.seats) if self.solver.value(self.columns[seat])]
        return set(taken), bound, status == self.cp.OPTIMAL


def held_columns(year, seats):
    """The seats' and weeks' values under which `seats` are taken."""
    values = [0] * (year.seats + year.weeks)
    for seat in seats:
        values[seat] = 1
    for seat, week in year.week_of:
        if seat in seats:
            values[week] = 1
    return values


class Linear:
    """The same rows as a mixed-integer program: seats, weeks, T7's rate, everybody's unevenness."""

    def __init__(self, year):
        self.year = year
        self.rate = year.seats + year.weeks
        self.uneven = range(self.rate + 1, self.rate + 1 + len(year.shares))
        self.total = self.uneven.stop
        self.upper = [1.0] * self.rate + [year.highest_rate] + [math.inf] * len(year.shares)
        self.rows = [(-math.inf, 1, [(seat, 1) for seat in seats]) for seats in year.at_most_one]
        self.rows += [(1, 1, [(seat, 1) for seat in seats]) for seats in year.exactly_one]
        self.rows += [(-math.inf, 0, [(seat, 1), (week, -1)]) for seat, week in year.week_of]
        self.rows += [(-math.inf, row["most"], row["terms"]) for row in year.at_most]
        for column, share in zip(self.uneven, year.shares):
            used, due = share["days"], share["contracted"]
            above = used + [(self.rate, -due), (column, -1)]
            below = [(seat, -days) for seat, days in used] + [(self.rate, due), (column, -1)]
            self.rows.append((-math.inf, -share["used"], above))
            self.rows.append((-math.inf, share["used"], below))

    @staticmethod
    def scale(tier):
        """Sums of many pence are too coarse for these solvers' tolerances: pounds."""
        return 0.01 if tier["name"] == "T6" else 1.0

    def terms(self, tier):
        if tier["name"] == "T7":
            return [(column, 1.0) for column in self.uneven]
        return [(seat, factor * self.scale(tier)) for seat, factor in tier["terms"]]

    def start(self, seats):
        """A value for each column under which `seats` are taken."""
        rate = self.year.unfairness(seats)[1]
        shares = zip(self.year.used(seats), self.year.shares)
        uneven = [abs(used - rate * share["contracted"]) for used, share in shares]
        return held_columns(self.year, seats) + [rate] + uneven

    def keep(self, tier, seats, most):
        # Less than any real difference.
        slack = {"T6": 0.004, "T7": 1e-6}.get(tier["name"], 0.0)
        self.add_row(self.terms(tier), (most - tier["constant"]) * self.scale(tier) + slack)

    @staticmethod
    def gaps(gap):
        """The gap, absolute and relative; values that are whole are equal if less than 1 apart."""
        absolute, relative = gap
        return (absolute, relative) if absolute or relative else (0.999, 0.0)

    def own(self, tier, value):
        """An objective's value in the tier's unit, a bound on a whole number as a whole number."""
        value = value / self.scale(tier) + tier["constant"]
        if tier["name"] == "T7" or not math.isfinite(value):
            return value
        return math.ceil(value - 1e-4)


class Highs(Linear):
    """HiGHS with its own options, but for threads, gaps and time."""

    def __init__(self, year, threads):
        import highspy
        import numpy

        super().__init__(year)
        self.highspy, self.numpy = highspy, numpy
        self.highs = highs = highspy.Highs()
        self.version = highs.version()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", threads)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.total, len(self.rows)
        lp.col_cost_ = numpy.zeros(self.total)
        lp.col_lower_ = numpy.zeros(self.total)
        lp.col_upper_ = numpy.array(self.upper)
        lp.row_lower_ = numpy.array([row[0] for row in self.rows], dtype=float)
        lp.row_upper_ = numpy.array([row[1] for row in self.rows], dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(terms) for _, _, terms in self.rows]
        lp.a_matrix_.start_ = numpy.concatenate([[0], numpy.cumsum(lengths)])
        lp.a_matrix_.index_ = numpy.array([c for row in self.rows for c, _ in row[2]])
        lp.a_matrix_.value_ = numpy.array([f for row in self.rows for _, f in row[2]], dtype=float)
        whole, real = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [whole] * year.seats + [real] * (self.total - year.seats)
        if highs.passModel(lp) == highspy.HighsStatus.kError:
            sys.exit("HiGHS refuses the program")

    def add_row(self, terms, most):
        columns = self.numpy.array([column for column, _ in terms], dtype=self.numpy.int32)
        factors = self.numpy.array([factor for _, factor in terms], dtype=float)
        self.highs.addRow(-self.highspy.kHighsInf, most, len(terms), columns, factors)

    def solve(self, tier, start, gap, seconds):
        highs, numpy = self.highs, self.numpy
        begun = time.monotonic()
        costs = numpy.zeros(self.total)
        for column, factor in self.terms(tier):
            costs[column] = factor
        columns = numpy.arange(self.total, dtype=numpy.int32)
        highs.changeColsCost(self.total, columns, costs)
        absolute, relative = self.gaps(gap)
        highs.setOptionValue("mip_abs_gap", absolute)
        highs.setOptionValue("mip_rel_gap", relative)
        bound = -math.inf
        while True:
            highs.clearSolver()
            left = max(0.0, seconds - (time.monotonic() - begun))
            highs.setOptionValue("time_limit", left)
            if start is not None:
                solution = self.highspy.HighsSolution()
                solution.col_value = [float(value) for value in self.start(start)]
                highs.setSolution(solution)
            highs.run()
            info = highs.getInfo()
            status = highs.getModelStatus()
            if status == self.highspy.HighsModelStatus.kInfeasible:
                sys.exit(f"HiGHS finds no plan in {tier['name']}")
            bound = max(bound, info.mip_dual_bound)
            values = highs.getSolution().col_value
            if info.primal_solution_status != 2 or not values:
                return None, self.own(tier, bound), False
            value = float(numpy.dot(costs, values))
            done = status == self.highspy.HighsModelStatus.kOptimal
            # It may value a start by its image in the presolved program, which can be better than
            # the start is: without a start it has nothing to mistake.
            rounding = 1e-6 * max(1.0, abs(value))
            mistaken = value - info.objective_function_value > rounding or (
                done and value - bound > max(absolute, relative * abs(value)) + rounding
            )
            if start is None or not mistaken:
                seats = {seat for seat in range(self.year.seats) if values[seat] > 0.5}
                return seats, self.own(tier, bound), done
            start = None


class Cbc(Linear):
    """CBC's own program: a file with the model in, a file with the solution out."""

    def __init__(self, year, threads):
        super().__init__(year)
        self.threads = threads
        self.program = shutil.which("cbc") or self.of_pulp()
        said = subprocess.run([self.program, "-quit"], capture_output=True, text=True).stdout
        version = re.search(r"Version:\s*(\S+)", said)
        self.version = version.group(1) if version else "of unknown version"

    @staticmethod
    def of_pulp():
        import pulp

        path = pulp.apis.PULP_CBC_CMD().path
        if not os.path.exists(path):
            raise ImportError("CBC")
        return path

    def add_row(self, terms, most):
        self.rows.append((-math.inf, most, terms))

    def mps(self, tier):
        """The program in the free MPS format."""
        lines = ["NAME YEAR", "ROWS", " N COST"]
        by_column = [[] for _ in range(self.total)]
        for column, factor in self.terms(tier):
            by_column[column].append(("COST", factor))
        sides = []
        for number, (lower, upper, terms) in enumerate(self.rows):
            lines.append(f" {'E' if lower == upper else 'L'} R{number}")
            sides.append(f" RHS R{number} {upper!r}")
            for column, factor in terms:
                by_column[column].append((f"R{number}", factor))
        lines.append("COLUMNS")
        whole = range(self.year.seats)
        for column, entries in enumerate(by_column):
            if column in (whole.start, whole.stop):
                kind = "INTORG" if column == whole.start else "INTEND"
                lines.append(f" MARK{column} 'MARKER' '{kind}'")
            # A column in no row is one all the same.
            for row, factor in entries or [("COST", 0)]:
                lines.append(f" C{column} {row} {factor!r}")
        lines += ["RHS", *sides, "BOUNDS"]
        bounds = enumerate(self.upper)
        lines += [f" UP BND C{column} {most!r}" for column, most in bounds if math.isfinite(most)]
        return "\n".join([*lines, "ENDATA", ""])

    def solve(self, tier, start, gap, seconds):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            model, first, found = (os.path.join(folder, name) for name in ("m.mps", "s.mst", "s.sol"))
            with open(model, "w", encoding="ascii") as file:
                file.write(self.mps(tier))
            command = [self.program, model]
            if start is not None:
                with open(first, "w", encoding="ascii") as file:
                    file.write("Stopped on time - objective value 0\n")
                    for column, value in enumerate(self.start(start)):
                        file.write(f"{column} C{column} {value!r} 0\n")
                command += ["-mips", first]
            left = max(0.1, seconds - (time.monotonic() - begun))
            command += ["-sec", f"{left:.2f}", "-timeMode", "elapsed", "-threads", str(self.threads)]
            absolute, relative = self.gaps(gap)
            command += ["-allow", repr(absolute), "-ratio", repr(relative)]
            command += ["-solve", "-solution", found]
            try:
                # It heeds its own limit between steps only.
                run = subprocess.run(command, capture_output=True, text=True, timeout=left + 5)
            except subprocess.TimeoutExpired:
                return None, -math.inf, False
            said = run.stdout
            lines = open(found, encoding="ascii").read().splitlines() if os.path.exists(found) else []
        status = lines[0] if lines else ""
        if status.startswith("Infeasible"):
            sys.exit(f"CBC finds no plan in {tier['name']}")
        done = status.startswith("Optimal")
        bound = re.findall(r"^Lower bound:\s+(\S+)", said, re.MULTILINE)
        value = re.search(r"objective value (\S+)", status)
        if bound:
            bound = float(bound[-1])
        else:
            bound = float(value.group(1)) if done else -math.inf
        if not value or "no integer solution" in status:
            return None, self.own(tier, bound), False
        seats = set()
        for line in lines[1:]:
            words = line.replace("**", "").split()
            column = int(words[1][1:])
            if column < self.year.seats and float(words[2]) > 0.5:
                seats.add(column)
        return seats, self.own(tier, bound), done


PEERS = {"cp-sat": CpSat, "highs": Highs, "cbc": Cbc}


def write(outcome, path):
    """In one step: whoever reads it has all of it."""
    with open(path + ".new", "w", encoding="ascii") as file:
        json.dump(outcome, file)
    os.replace(path + ".new", path)


def solve_year(year, make, path, limit, threads):
    best = set(year.start) or None
    outcome = {"version": "", "seconds": 0.0, "stopped_in": None, "added_rows": 0, "tiers": []}
    outcome["seats"] = sorted(best or [])
    write(outcome, path)
    begun = time.monotonic()
    peer = make(year, threads)
    outcome["version"] = peer.version
    for tier in year.tiers:
        from_here, bound, proven = time.monotonic(), -math.inf, False
        while not proven:
            left = limit - (time.monotonic() - begun)
            if left <= 0:
                break
            gap = tuple(OF_GAP * gap for gap in year.gap(tier, best))
            seats, at_least, done = peer.solve(tier, best, gap, left)
            # Rows are only ever added: each run's bound holds for all that follow.
            bound = max(bound, at_least)
            broken = year.too_full(seats) if seats is not None else []
            for terms, most in broken:
                peer.add_row(terms, most)
            outcome["added_rows"] += len(broken)
            if broken:
                continue
            if seats is None:
                # With time left that is no want of time.
                if time.monotonic() - begun < limit - 1:
                    sys.exit(f"{tier['name']}: ended without a plan and without a reason")
                break
            if best is None or year.value(tier, seats) < year.value(tier, best) - 1e-9:
                best = seats
            # Whether the gap is closed is asked of the exact value.
            value = year.value(tier, best)
            absolute, relative = year.gap(tier, best)
            over = value - bound
            proven = done and over <= max(absolute, relative * abs(value)) + 1e-6
            if done and not proven:
                print(f"{tier['name']}: called proven {over} over its bound", file=sys.stderr)
                break
        seconds = time.monotonic() - from_here
        entry = {"name": tier["name"], "seconds": seconds, "proven": proven}
        entry["value"] = year.value(tier, best) if best else None
        entry["bound"] = bound if math.isfinite(bound) else None
        outcome["tiers"].append(entry)
        outcome["seats"] = sorted(best or [])
        outcome["seconds"] = time.monotonic() - begun
        if not proven:
            outcome["stopped_in"] = tier["name"]
        write(outcome, path)
        if not proven:
            return
        most = entry["value"]
        if tier["tolerance"]:
            most = math.floor(most * (1 + tier["tolerance"]) + 1e-6)
        peer.keep(tier, best, most)


def main():
    name, stated, path, limit, threads = sys.argv[1:]
    with open(stated, encoding="ascii") as file:
        year = Year(json.load(file))
    try:
        solve_year(year, PEERS[name], path, float(limit), int(threads))
    except ImportError:
        sys.exit(NOT_INSTALLED)


if __name__ == "__main__":
    main()
