"""Tables of instructions and programmes, by topic."""

from cunlian.instructions.models.instruction import Copy, Informed, Instruction, Origin, Remark, Return
from cunlian.instructions.models.programme import Form, Measure, Programme
from cunlian.instructions.models.rule import InstructionRule

__all__ = [
    "Copy",
    "Form",
    "Informed",
    "Instruction",
    "InstructionRule",
    "Measure",
    "Origin",
    "Programme",
    "Remark",
    "Return",
]
