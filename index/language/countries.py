"""Which words name one country: its names in Dutch and English, its people, its adjective, its abbreviations.

Who asks for "Noorwegen" is answered by "de Noorse politie", and who asks for
"Amerika" by "de VS". Countries and forms are those that papers speak of, not
all there are.
"""

from functools import cache

# A country a row, folded; what ends in a star begins its words. Names of two words go by what is rare in them.
_ROWS = """
afghan*
alban*
algerij* algeria*
argentijn* argentin*
australi*
bangladesh*
belgi* belg belgen
bolivia*
bosni*
brazil* braziliaan*
bulgar* bulgaar*
cambodja* cambodia*
canada canadees canadese* canadian*
china chinees chinese chinezen
colombia*
congo*
cuba*
cyprus cyprio*
denemarken deen deens deense denen denmark danish
dominicaan* dominican*
duits* german*
egypt*
eritre*
estland estisch* ests estse esten estonia*
ethiopi*
filipijn* filippijn* filipino* filippino* philippin* filipina*
finland fins finse finnen finnish
frankrijk* frans franse fransen fransman france french
georgie georgisch*
ghana ghanees ghanese
griek* greece greek greeks
guatemala*
hongar* hongaar* hungar*
ierland iers ierse ieren ireland irish
indiaas indiase india indiers indian indians
indonesi*
irak* iraq*
iran iraans* iranier* iranian*
israel*
itali* italy
jamaica*
japan*
kenia* kenya*
kosovo* kosovaar*
kroati* kroaat kroaten croatia*
letland lets letse letten latvia*
liban* lebanon lebanese
libi* libya*
litouw* lithuania*
luxemburg* luxembourg*
madagaskar madagascar
maleisi* malaysia*
malta maltees maltese maltezer*
marokk* morocc*
mexic*
moldav* moldov*
nederland* dutch netherlands
nigeria*
noorwegen noor noors noorse noren norway norwegian*
oekrain* ukrain*
oostenrijk* austria*
pakist*
peru peruaan* peruvian*
polen pools poolse poland
portug*
roemeen* roemeni* romania*
russ* rusland
rwand*
saoedi* saudi*
senegal*
servi* serbia*
singapore*
sloveen* sloveni* slovenia*
slowa* slovak*
somali*
spanje spaans* spanjaard* spain spanish
soedan* sudan*
surina*
syri*
taiwan*
thailand thai thais thaise
tsjech* czech*
tunesi* tunisi*
turkije turk turken turks turkse turkey turkish
venez*
vietnam*
zuid-afrika* south-africa*
zuid-korea* south-korea*
zweden zweed zweeds zweedse sweden swedish
zwitser* switzerland swiss
amerika* america* verenigde staten united states vs usa
verenigd koninkrijk kingdom brit* groot-brittan* engels* engeland england vk uk gb
emiraten emirates vae uae
"""

# Of names of two words: what is said of much else, when it stands there without capitals.
_PARTS = frozenset("verenigde verenigd united staten states koninkrijk kingdom".split())


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    """The rows by each of their forms."""
    rows = [tuple(row.split()) for row in _ROWS.strip().splitlines()]
    return {form: row for row in reversed(rows) for form in row}


@cache
def _beginnings() -> tuple[int, ...]:
    """How long the forms are that begin words."""
    return tuple(sorted({len(form) - 1 for form in _rows() if form.endswith("*")}))


def forms_of_country(word: str) -> tuple[str, ...]:
    """The forms of the country that a folded word names, those that end in a star beginning its words; () for none."""
    rows = _rows()
    begun = (f"{word[:length]}*" for length in _beginnings() if length <= len(word))
    return rows.get(word) or next((rows[form] for form in begun if form in rows), ())


def is_country(word: str) -> bool:
    """Whether a folded word is of a country however it is written."""
    return word not in _PARTS and bool(forms_of_country(word))
