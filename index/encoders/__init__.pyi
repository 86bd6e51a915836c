from .encoder import Encoded as Encoded
from .encoder import Encoder as Encoder
from .encoder import Encoders as Encoders
from .load import load_encoder as load_encoder
