"""What the log calls the things done to places."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("places.imported", _("List imported"), _("imported the list of places"), icon="table-import")
add_verb("places.renamed", _("Renamed"), _("gave the place another name"), icon="edit")
add_verb("places.merged", _("Merged"), _("merged the place into another"), icon="arrow-merge")
add_verb("places.split", _("Split"), _("split the place"), icon="arrows-split")
add_verb("places.transferred", _("Transferred"), _("put the place under another code"), icon="arrow-right")
add_verb("places.succeeded", _("Successor named"), _("confirmed which place took this one over"), icon="arrow-right")
add_verb("places.district_set", _("District set up"), _("changed the data of the district"), icon="settings")
add_verb("places.district_arranged", _("District arranged"), _("changed titles or modules"), icon="settings")
add_verb("places.roster_entered", _("Roster changed"), _("entered whether the place counts"), icon="list-check")
add_verb("places.module_switched", _("Module switched"), _("switched a module for the village"), icon="toggle-left")
add_verb("places.area_created", _("Area drawn"), _("drew the area"), icon="map")
add_verb("places.area_ended", _("Area ended"), _("ended the area"), icon="map-off")
add_verb("places.area_joined", _("Village added to area"), _("added the village to the area"), icon="plus")
add_verb("places.area_left", _("Village left area"), _("took the village out of the area"), icon="minus")
add_verb("places.grid_class_set", _("Grid class set"), _("set the class of grids"), icon="palette")
add_verb("places.grid_set_opened", _("Grids redrawn"), _("began a new division into grids"), icon="grid-4x4")
add_verb("places.grid_created", _("Grid drawn"), _("drew the grid"), icon="grid-4x4")
add_verb("places.grid_ended", _("Grid ended"), _("ended the grid"), icon="grid-dots")
add_verb("places.grid_classed", _("Grid classed"), _("gave the grid another class"), icon="palette")
add_verb("places.group_created", _("Villager group entered"), _("entered the villager group"), icon="users")
add_verb("places.group_gridded", _("Group put in grid"), _("put the villager group into the grid"), icon="users")
add_verb("places.lane_created", _("Lane entered"), _("entered the lane"), icon="road")
add_verb("places.position_set", _("Position entered"), _("entered where the place lies"), icon="map-pin")
add_verb("places.positions_imported", _("Positions imported"), _("imported where places lie"), icon="map-pins")
add_verb("places.roads_imported", _("Road times imported"), _("imported how long roads take"), icon="road")
add_verb("places.road_set", _("Road time entered"), _("entered how long the road takes"), icon="road")
add_verb("places.road_removed", _("Road time taken out"), _("took out a road time"), icon="road-off")
add_verb("places.profile_entered", _("Profile entered"), _("entered the profile of the village"), icon="clipboard-data")
