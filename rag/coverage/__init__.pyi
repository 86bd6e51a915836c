from .register import CoveredIn as CoveredIn
from .register import find_coverage as find_coverage
