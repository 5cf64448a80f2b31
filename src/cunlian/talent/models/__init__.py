"""Tables of talent, by topic: the register, coming home, learning."""

from cunlian.talent.models.register import (
    AdvisoryGroup,
    AdvisoryMember,
    HowVerified,
    Skill,
    Source,
    TalentEntry,
    TalentSearch,
    TalentSkill,
)

__all__ = [
    "AdvisoryGroup",
    "AdvisoryMember",
    "HowVerified",
    "Skill",
    "Source",
    "TalentEntry",
    "TalentSearch",
    "TalentSkill",
]
