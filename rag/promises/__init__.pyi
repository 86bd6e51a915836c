from .register import Found as Found
from .register import find_promises as find_promises
