"""What the log calls the things done to drawings of areas."""

from django.utils.translation import gettext_lazy as _

from cunlian.kernel.log import add_verb

add_verb("places.drawing_begun", _("Drawing begun"), _("began a new drawing of areas"), icon="pencil")
add_verb("places.drawing_ordered", _("Drawing ordered"), _("had the areas worked out"), icon="player-play")
add_verb("places.areas_drawn", _("Areas worked out"), _("worked out areas"), icon="map")
add_verb("places.pair_fixed", _("Pair fixed"), _("fixed a pair of villages"), icon="lock")
add_verb("places.pair_freed", _("Pair freed"), _("freed a pair of villages"), icon="lock-open")
add_verb("places.drawn_village_put", _("Village moved by hand"), _("put a village into another area"), icon="hand-move")
add_verb("places.drawn_area_named", _("Area named"), _("named an area of the drawing"), icon="edit")
add_verb("places.drawing_proposed", _("Drawing proposed"), _("proposed the drawing"), icon="send")
add_verb("places.drawing_reopened", _("Back to work"), _("took the drawing back to work on it"), icon="arrow-back-up")
add_verb("places.drawing_adopted", _("Drawing adopted"), _("adopted the drawing"), icon="circle-check")
add_verb("places.drawing_dropped", _("Drawing dropped"), _("dropped the drawing"), icon="circle-x")
add_verb("places.borders_entered", _("Borders entered"), _("entered which villages touch"), icon="border-all")
add_verb("places.border_removed", _("Border taken out"), _("took out a border"), icon="border-none")
