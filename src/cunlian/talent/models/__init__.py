"""Tables of talent, by topic: the register, coming home, learning."""

from cunlian.talent.models.home import (
    AfterCare,
    ArrivedAs,
    Gathering,
    Homecoming,
    HomeTalk,
    HowAgreed,
    Need,
    Origin,
    StopReason,
    Support,
)
from cunlian.talent.models.register import (
    AdvisoryGroup,
    AdvisoryMember,
    HowVerified,
    Skill,
    Source,
    TalentEntry,
    TalentSearch,
    TalentSkill,
    Whereabouts,
)

__all__ = [
    "AdvisoryGroup",
    "AdvisoryMember",
    "AfterCare",
    "ArrivedAs",
    "Gathering",
    "HomeTalk",
    "Homecoming",
    "HowAgreed",
    "HowVerified",
    "Need",
    "Origin",
    "Skill",
    "Source",
    "StopReason",
    "Support",
    "TalentEntry",
    "TalentSearch",
    "TalentSkill",
    "Whereabouts",
]
