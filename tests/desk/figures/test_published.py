"""The figures five reports published of people, posts, instructions and talent: each under the name and in the unit the
reports use, and each opening its records."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cunlian.desk.figures.records import TOLD
from cunlian.desk.figures.traces import AnyTrace, table_of
from cunlian.kernel import figures
from cunlian.kernel.access import SYSTEM
from cunlian.organisations import actions
from cunlian.organisations.models import Declared
from tests.cast import log_in
from tests.desk.conftest import Desk, soup
from tests.walk.crawl import names

pytestmark = pytest.mark.django_db
DECLARED = {"A02", "A03", "A18", "C22"}
PUBLISHED = """
A01 village_count 个村
A02 population_total 人
A03 land_area_km2 平方公里
A04 two_committee_member_count 名
A05 returnee_party_secretary_count 人
A06 first_secretary_count 名
A07 village_task_force_member_count 名
A08 deputy_secretary_or_director_assistant_count 名
A09 area_count 个片区
A10 area_party_committee_count 个
A11 merged_command_chain_flag 项
A12 practice_line_count 个方面
A14 area_general_branch_count 个
A17 reserve_cadre_trained_count 名
A18 new_party_member_count 名
B01 district_leader_per_village_min 名/村
B02 five_in_one_levels_flag 项
B03 leadership_level_count 级
B04 group_leader_kind_count 类
B05 secondment_to_town_count 名
B06 appointed_to_town_leadership_count 名
B08 capacity_class_round_no 期
B09 new_cadre_class_count 期
B10 study_tour_participant_count 名
B11 study_tour_destination_count 地
B22 governance_programme_count 项工程
C21 local_talent_count 人
C22 party_member_talent_selected_count 名
C28 three_governance_kind_count 治
C29 chain_count 链
D06 industry_leader_and_reserve_cadre_count 人
D07 returned_talent_in_post_count 名
D08 mentored_new_cadre_count 名
D11 training_session_count 场
D12 education_upgrade_count 人
D24 joint_village_general_branch_count 个
D25 four_link_line_count 联
D26 party_org_level_count 级
E01 village_party_org_integrated_count 个
E02 town_department_integrated_count 个
E03 leading_enterprise_and_coop_count 家
E04 area_party_committee_count 个
E20 rural_partner_count 名
E21 city_work_station_count 个
E22 training_session_count 场
E23 local_expert_trained_count 名
E35 partner_institute_named_count 家
E36 area_count 个片区
"""


@pytest.mark.parametrize("line", PUBLISHED.strip().splitlines())
def test_a_published_figure_stands_under_its_name_in_its_unit_with_its_nature(line: str) -> None:
    claim, name, unit = line.split(" ")
    found = [one for one in figures.INDICATORS.values() if claim in one.claims]
    with translation.override("zh-hans"):
        assert [(one.code.split(".")[1], one.unit_beside(1), one.unit_beside(2)) for one in found] == [
            (name, unit, unit)
        ]
    assert (found[0].nature == "declared") == (claim in DECLARED)


@pytest.mark.parametrize("code", sorted(figures.INDICATORS))
def test_the_records_of_every_figure_can_be_listed_and_opened(code: str) -> None:
    rows = figures.trace(figures.find(code), SYSTEM)
    table = table_of(rows)
    assert rows.model in TOLD if isinstance(table, AnyTrace) else rows.model not in TOLD
    list(table.as_values())


@pytest.mark.parametrize("model", TOLD, ids=lambda model: model.__name__)
def test_what_is_told_of_a_record_is_there_and_read_with_the_list(model: type[Model]) -> None:
    """Where its page is, its place, day and paper: each a field, and what lies behind a key is joined."""
    told = TOLD[model]
    for path in filter(None, (told.key, told.place, told.day, told.paper)):
        behind, walked = model, ""
        for name in path.split("."):
            field = behind._meta.pk if name == "pk" else behind._meta.get_field(name)
            if name == field.name and field.is_relation:
                behind, walked = field.related_model, f"{walked}__{name}".removeprefix("__")
                assert any(f"{joined}__".startswith(f"{walked}__") for joined in told.joins), walked
    addresses = [route for name, route in names() if name == told.url and route.startswith("desk/")]
    assert [route.count("<") for route in addresses] == [1 if told.key else 0]


def test_a_declared_number_opens_with_its_source_its_day_and_the_unit_of_the_paper(desk: Desk, client: Client) -> None:
    cast = desk.cast
    said = {"what": Declared.LAND, "number": 38_331, "as_of": date(2025, 3, 27), "source": "《安康日报》"}
    actions.declare_number(by=cast.county_staff, place=cast.world.township, **said)
    page = soup(log_in(client, cast.county_leader).get(reverse("desk:figure", args=["organisations.land_area_km2"])))
    assert "383.31 平方公里" in page.select_one("main").text
    row = page.select_one("tbody tr")
    assert "《安康日报》" in row.text and "2025年3月27日" in row.text
    assert row.select_one("a")["href"] == reverse("desk:declared")
