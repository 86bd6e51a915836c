from .metadata import stated as stated
from .parse_report import ParseReport as ParseReport
