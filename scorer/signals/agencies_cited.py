"""News agencies credited in the body.

**Measured as** terms of the list `agencies` per 100 words of the body outside quotations (over at least 100 words), 0
upwards; higher means more of the sourcing is shown.

**Why it matters** Copy that credits an agency says where its facts were gathered, and agencies work to published
rules of sourcing.

**Known limits** An agency may be the topic ("Reuters cut jobs"), and some of the list are wires for press releases.
Credits in the byline or at the foot of the page are not in the body. Quotations do not count.

**Source** Bell (1991), "The Language of News Media", on agency copy; list written for this project, see
scorer/lexicons/agencies.txt.
"""

from scorer.counting import in_voice
from scorer.types import Article, Measurement, Signal


def measure(article: Article) -> Measurement:
    """Count news agencies per 100 voice words."""
    return in_voice(article, "agencies")


SIGNAL = Signal(
    name="agencies_cited",
    group="sourcing",
    measure=measure,
    fires=(
        "The ferry had left the port an hour earlier, the minister told «Kyodo» on Friday.",
        "Both sides agreed to meet again in Geneva, the «Interfax» report states.",
        "Forty people were on board when the engine failed, «Agence France Presse» reported.",
        "The talks had ended without a deal, the «Associated Press» was the first to report.",
    ),
    silent=(
        "The ferry had left the port an hour earlier, the minister told a reporter on Friday.",
        "“I read it on Reuters before anyone rang me,” said the captain, who was ashore.",
        "Both sides agreed to meet again in Geneva, a report in the Chinese press states.",
        "The space agency said that forty people had worked on the engine that failed.",
    ),
)
