"""What is done with a drawing of areas: asked for, worked out, put right by hand, proposed, adopted or dropped."""

from cunlian.places.drawing.actions.ask import begin_drawing, fix_pair, free_pair
from cunlian.places.drawing.actions.settle import adopt_drawing, drop_drawing, propose_drawing, reopen_drawing
from cunlian.places.drawing.actions.work import Fact, draw_areas, name_drawn_area, order_drawing, put_village

__all__ = [
    "Fact",
    "adopt_drawing",
    "begin_drawing",
    "draw_areas",
    "drop_drawing",
    "fix_pair",
    "free_pair",
    "name_drawn_area",
    "order_drawing",
    "propose_drawing",
    "put_village",
    "reopen_drawing",
]
