"""What a workshop is, one file for each noun."""

from workshops.models.activity import Activity
from workshops.models.card import Card
from workshops.models.journal import Journal, Receipt
from workshops.models.mark import Mark
from workshops.models.network import Membership, Network, Organisation, SignInLink
from workshops.models.pack import Pack
from workshops.models.people import AccessNeed, Participant
from workshops.models.plans import Action, Commitment, OpenQuestion, Plan, ProgressNote, ReviewDate
from workshops.models.priorities import Alignment, Driver, Priority
from workshops.models.purpose import Behaviour, Objection, Purpose, Value
from workshops.models.seating import Round, Seat, Table
from workshops.models.why import Theme
from workshops.models.workshop import Workshop

__all__ = [
    "AccessNeed",
    "Action",
    "Activity",
    "Alignment",
    "Behaviour",
    "Card",
    "Commitment",
    "Driver",
    "Journal",
    "Mark",
    "Membership",
    "Network",
    "Objection",
    "OpenQuestion",
    "Organisation",
    "Pack",
    "Participant",
    "Plan",
    "Priority",
    "ProgressNote",
    "Purpose",
    "Receipt",
    "ReviewDate",
    "Round",
    "Seat",
    "SignInLink",
    "Table",
    "Theme",
    "Value",
    "Workshop",
]
