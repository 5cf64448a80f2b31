"""Who may do what with places. Master data is the administrator's; areas, grids and profiles the county staff's too."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.access import add_permission

# Roles by name: accounts lies above this package.
_ADMINISTRATOR = "administrator"
_COUNTY = ("administrator", "county_staff")

add_permission("places.import", _("Import the national list"), _ADMINISTRATOR)
add_permission("places.set_district", _("Set up the district and its roster"), _ADMINISTRATOR)
add_permission("places.arrange_district", _("Name the ranks of the chain and choose the modules"), *_COUNTY)
add_permission("places.switch_module", _("Switch a module on or off for a village"), *_COUNTY)
add_permission("places.reorganise", _("Rename, merge, split or transfer a place"), *_COUNTY)
add_permission("places.draw_area", _("Draw areas"), *_COUNTY)
add_permission("places.set_grid_class", _("Define the county's classes of grids"), *_COUNTY)
add_permission("places.draw_grid", _("Draw grids, lanes and villager groups"), *_COUNTY, "township_staff")
add_permission("places.set_position", _("Enter positions and road times"), *_COUNTY, "township_staff", "village_cadre")
add_permission("places.enter_profile", _("Enter a village profile"), *_COUNTY, "township_staff", "village_cadre")
