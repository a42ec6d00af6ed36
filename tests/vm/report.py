"""The results as a table, as a confusion matrix and as JSON."""

import dataclasses

import verdict


def line(result):
    """One case as it ends."""
    cells = []
    for name, route in result.routes.items():
        if route.error:
            cells.append(f'{name}: HARNESS')
            continue
        said = route.said.verdict if route.said else '-'
        lost = f' lost {",".join(route.boot.lost)}' if route.boot.lost else ''
        cells.append(f'{name}: {said}/{route.boot.outcome}{lost} ({route.boot.seconds:.0f} s)')
    if result.fix:
        fix = result.fix
        if fix.error:
            cells.append('fix: HARNESS')
        else:
            undo = 'undone' if fix.undo_difference == [] else 'UNDO DIFFERS'
            cells.append(f'fix: {fix.said.verdict}/{fix.boot.outcome} {undo}')
    mark = 'WRONG' if result.problems() else 'right'
    return f'{mark}  {result.case.name:28} {"  ".join(cells)}'


def matrix(results, route):
    """Blocker said against boot failed, for one route."""
    pairs = [(r.routes[route].said, r.routes[route].boot) for r in results
             if route in r.routes and not r.routes[route].error and r.routes[route].said]
    table = verdict.confusion(pairs)
    rows = [f'route {route:9} {"reachable":>10} {"not":>6}']
    for said in ('ready', 'not-ready', 'undetermined'):
        rows.append(f'  {said:13} {table.get((said, True), 0):10} {table.get((said, False), 0):6}')
    return '\n'.join(rows)


def problems(results):
    return [f'{result.case.name}: {problem}' for result in results for problem in result.problems()]


def as_json(results, facts):
    def route(value):
        return {'worth': value.worth, **dataclasses.asdict(value)}
    cases = [{'name': r.case.name, 'guest': r.case.guest, 'group': r.case.group, 'breaks': r.case.breaks, 'fails': list(r.case.fails),
              'routes': {name: route(value) for name, value in r.routes.items()},
              'fix': dataclasses.asdict(r.fix) if r.fix else None, 'problems': r.problems()} for r in results]
    return {**facts, 'cases': cases, 'problems': problems(results)}
