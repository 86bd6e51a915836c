from .answer import Answer as Answer
from .answer import Assistant as Assistant
from .answer import Hit as Hit
from .citation import Citation as Citation
from .citation import Citer as Citer
from .verify import Report as Report
from .verify import Verifier as Verifier
