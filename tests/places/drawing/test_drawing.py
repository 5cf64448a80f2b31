"""Areas drawn anew: asked for, worked out beside today's, put right by hand, adopted from a day on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cunlian.kernel import clock
from cunlian.kernel.access import SYSTEM, may
from cunlian.kernel.refusals import Conflict, Forbidden, Invalid
from cunlian.places.actions.areas import end_area_membership
from cunlian.places.actions.borders import enter_borders, remove_border
from cunlian.places.actions.positions import set_road_minutes
from cunlian.places.drawing import actions
from cunlian.places.drawing.actions import Fact
from cunlian.places.drawing.measures import measured
from cunlian.places.drawing.states import PREPARE, SETTLE
from cunlian.places.models import Area, AreaDrawing, AreaMembership, Border, DrawnArea, DrawnVillage, Position, on
from tests.cast import STAFF, Cast
from tests.places.conftest import DAY
from tests.places.drawing.conftest import Ground

ADOPT = {"starts_on": DAY + timedelta(days=30), "reason": "就近，户数均衡", "paper": "恒区办〔2026〕9号"}


def rows_of(drawing: AreaDrawing) -> list[DrawnVillage]:
    return list(DrawnVillage.objects.filter(drawing=drawing).for_list())


def test_villages_in_a_line_become_three_areas_of_three(ground: Ground) -> None:
    drawing = ground.drawn()
    assert ground.groups(drawing) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert drawing.proved and not drawing.trouble
    before, after = measured(drawing, rows_of(drawing))
    assert [line.households for line in before.lines] == [500, 400] and [line.households for line in after.lines] == [
        300
    ] * 3
    assert (before.spread, after.spread) == (100, 0) and after.hollow == (1, 1)
    assert after.far is not None and before.far is not None and after.far < before.far


def test_an_area_goes_on_where_most_of_it_is_and_the_third_is_new(ground: Ground) -> None:
    drawing = ground.drawn()
    areas = list(DrawnArea.objects.filter(drawing=drawing).order_by("number"))
    assert [area.area for area in areas] == [*ground.areas, None]
    moving = DrawnVillage.objects.filter(drawing=drawing).moving()
    assert moving.count() == 3 and {row.drawn for row in moving} == {areas[2]}


def test_pairs_the_county_fixes_are_kept_and_a_contradiction_is_said_in_words(ground: Ground) -> None:
    drawing, villages = ground.begin(), ground.villages
    actions.fix_pair(drawing, by=SYSTEM, one=villages[0], other=villages[8], together=True)
    apart = actions.fix_pair(drawing, by=SYSTEM, one=villages[1], other=villages[0], together=False)
    actions.draw_areas(drawing, by=SYSTEM, facts=ground.facts)
    of = {n: group for group in ground.groups(drawing) for n in group}
    assert 8 in of[0] and 1 not in of[0]
    actions.fix_pair(drawing, by=SYSTEM, one=villages[1], other=villages[8], together=True)
    actions.draw_areas(drawing, by=SYSTEM, facts=ground.facts)
    drawing.refresh_from_db()
    assert "fixed apart" in drawing.trouble and villages[0].short_name in drawing.trouble
    actions.free_pair(apart, by=SYSTEM)
    actions.draw_areas(drawing, by=SYSTEM, facts=ground.facts)
    drawing.refresh_from_db()
    assert not drawing.trouble and drawing.cost is not None


def test_a_village_without_a_point_is_named(ground: Ground) -> None:
    Position.objects.filter(place=ground.villages[4]).delete()
    drawing = ground.drawn()
    assert "1 villages have no point yet" in drawing.trouble and ground.villages[4].short_name in drawing.trouble
    with pytest.raises(Invalid, match="no areas yet"):
        actions.propose_drawing(drawing, by=SYSTEM)


def test_road_minutes_are_added_along_the_way(ground: Ground) -> None:
    for one, other in zip(ground.villages, ground.villages[1:], strict=False):
        set_road_minutes(one, by=SYSTEM, to_place=other, minutes=9, source="开车走过")
    drawing = ground.drawn(way="minutes")
    assert ground.groups(drawing) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]] and drawing.cost == 54


def test_by_borders_no_area_is_in_two_pieces(ground: Ground) -> None:
    order = [0, 8, 1, 7, 2, 6, 3, 5, 4]  # who touches whom has nothing to do with where they lie
    names = [ground.villages[n].code for n in order]
    assert enter_borders(ground.root, by=SYSTEM, pairs=list(zip(names, names[1:], strict=False)), source="村干部") == 8
    for way in ("steps", "points"):
        for group in ground.groups(ground.drawn(way=way)):
            places = sorted(order.index(n) for n in group)
            assert places == list(range(places[0], places[0] + len(places)))


def test_borders_are_entered_whole_or_not_at_all(ground: Ground) -> None:
    one, other = ground.villages[0].code, ground.villages[1].code
    for pairs, source, field in (
        ([(one, other), (one, "无此村")], "村干部", "pairs"), ([(one, one)], "村干部", "pairs"), ([], "村干部", "pairs"),
        ([(one, other)], " ", "source"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            enter_borders(ground.root, by=SYSTEM, pairs=pairs, source=source)
        assert refused.value.field == field and not Border.objects.exists()
    assert enter_borders(ground.root, by=SYSTEM, pairs=[(one, other), (other, one)], source="村干部") == 1
    remove_border(Border.objects.get(), by=SYSTEM)
    assert not Border.objects.exists()


def test_what_nobody_knows_is_kept_as_not_known(ground: Ground) -> None:
    drawing = ground.begin()
    actions.draw_areas(drawing, by=SYSTEM, facts={ground.villages[0].pk: Fact(400, None)})
    row = rows_of(drawing)[0]
    assert {one.households for one in rows_of(drawing)} == {400, None} and row.hollow is None
    assert ground.groups(drawing) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]


def test_a_person_moves_a_village_and_names_the_new_area(ground: Ground) -> None:
    drawing = ground.drawn()
    first, new = DrawnArea.objects.get(drawing=drawing, number=1), DrawnArea.objects.get(drawing=drawing, area=None)
    row = DrawnVillage.objects.filter(drawing=drawing, drawn=new).for_list().first()
    assert row is not None
    actions.put_village(row, by=SYSTEM, into=first)
    actions.name_drawn_area(new, by=SYSTEM, name="北片区")
    row.refresh_from_db()
    drawing.refresh_from_db()
    assert row.drawn == first and row.by_hand and drawing.cost is None and not drawing.proved
    with pytest.raises(Invalid):
        actions.put_village(row, by=SYSTEM, into=first)
    with pytest.raises(Invalid):
        actions.name_drawn_area(first, by=SYSTEM, name="别名")


def test_adopted_it_is_a_dated_overlay_and_nothing_before_is_rewritten(ground: Ground) -> None:
    drawing = ground.in_state("proposed")
    actions.adopt_drawing(drawing, by=SYSTEM, **ADOPT)
    day = ADOPT["starts_on"]
    then = {area.name: area.memberships.filter(on(day)).count() for area in Area.objects.filter(on(day))}
    assert sorted(then.values()) == [3, 3, 3]
    for area, count in zip(ground.areas, (5, 4), strict=True):
        assert AreaMembership.objects.filter(on(DAY), area=area).count() == count
    assert AreaMembership.objects.filter(on(day)).count() == 9
    with pytest.raises(Conflict):
        actions.fix_pair(drawing, by=SYSTEM, one=ground.villages[0], other=ground.villages[1], together=True)


def test_fewer_areas_than_today_end_one(ground: Ground) -> None:
    drawing = ground.drawn(areas=1)
    actions.propose_drawing(drawing, by=SYSTEM)
    actions.adopt_drawing(drawing, by=SYSTEM, **ADOPT)
    assert sorted(str(area.ends_on) for area in Area.objects.all()) == sorted([str(ADOPT["starts_on"]), "None"])


def test_an_area_changed_since_must_be_drawn_again(ground: Ground) -> None:
    drawing = ground.in_state("proposed")
    end_area_membership(AreaMembership.objects.get(place=ground.villages[0]), by=SYSTEM, ends_on=DAY)
    with pytest.raises(Conflict, match=ground.villages[0].short_name):
        actions.adopt_drawing(drawing, by=SYSTEM, **ADOPT)
    assert AreaMembership.objects.filter(on(DAY)).count() == 8
    actions.reopen_drawing(drawing, by=SYSTEM)


@pytest.mark.parametrize(
    ("field", "said"),
    [("reason", {"reason": " "}), ("paper", {"paper": ""}), ("starts_on", {"starts_on": DAY - timedelta(days=1)})],
)
def test_adopting_needs_reason_paper_and_a_day_to_come(ground: Ground, field: str, said: dict[str, object]) -> None:
    drawing = ground.in_state("proposed")
    with pytest.raises(Invalid) as refused:
        actions.adopt_drawing(drawing, by=SYSTEM, **{**ADOPT, **said})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "said"),
    [("title", {"title": ""}), ("areas", {"areas": 10}), ("areas", {"areas": 0}), ("tolerance", {"tolerance": 101})],
)
def test_what_is_asked_must_be_possible(ground: Ground, field: str, said: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        ground.begin(**said)
    assert refused.value.field == field


def test_only_the_county_adopts_and_who_prepares(cast: Cast) -> None:
    everybody = {*STAFF, "auditor", "administrator", "resident", "anonymous", "stranger"}
    of_county = AreaDrawing(root=cast.world.county, title="重划", areas=1, state="proposed")
    of_town = AreaDrawing(root=cast.world.township, title="重划", areas=1, state="proposed")
    town = {"township_staff", "township_head"}
    for permission, drawing, allowed in (
        (SETTLE, of_county, {"county_staff"}),
        (SETTLE, of_town, {"county_staff"}),
        (PREPARE, of_county, {"county_staff", "administrator"}),
        (PREPARE, of_town, {"county_staff", "administrator"} | town),
    ):
        assert {name for name in everybody if may(getattr(cast, name), permission, drawing)} == allowed
    with pytest.raises(Forbidden):
        actions.adopt_drawing(stored(cast), by=cast.township_staff, **ADOPT)


def stored(cast: Cast) -> AreaDrawing:
    drawing = AreaDrawing(root=cast.world.township, title="重划", areas=1, state="proposed", begun_at=clock.now())
    drawing.save(force_insert=True)
    return drawing


def test_others_than_the_offices_do_not_find_it(cast: Cast) -> None:
    stored(cast)
    seen = {
        name for name in (*STAFF, "auditor", "stranger") if AreaDrawing.objects.visible_to(getattr(cast, name)).exists()
    }
    assert {"county_staff", "township_staff", "auditor"} <= seen
    assert not seen & {"grid_worker", "village_cadre", "social_worker", "mediator", "stranger"}
