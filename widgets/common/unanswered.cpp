// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/unanswered.h"

#include "widgets/common/banner.h"

#include <QCoreApplication>

namespace {

constexpr std::chrono::seconds usual{4};
constexpr qint64 usualOfTheFirst = 5; // it may have to connect before

} // namespace

bool isUnanswered(std::chrono::seconds waited)
{
    return waited >= usual;
}

void tellUnanswered(Banner &banner, std::chrono::seconds waited)
{
    if (!isUnanswered(waited)) {
        banner.setMessage(Tone::Warning, {});
        return;
    }
    const QString text = QCoreApplication::translate("Unanswered",
        "The API server has not answered for %1 s: nothing shows that the request is recorded in the cluster. "
        "Pennant asks again for a while, then says here what came of it.")
                             .arg(waited.count());
    if (banner.text().isEmpty())
        banner.setMessage(Tone::Warning, text);
    else
        banner.setTextQuietly(text);
}

QString firstAnswerText(const Freshness &freshness, const QDateTime &now)
{
    const bool isWaiting = freshness.state == Freshness::State::Syncing && freshness.why.isEmpty();
    const qint64 waited = freshness.since.secsTo(now); // 0 where either is unknown
    if (!isWaiting || waited < usualOfTheFirst)
        return {};
    return QCoreApplication::translate("Unanswered", "No answer for %1 s").arg(waited);
}
