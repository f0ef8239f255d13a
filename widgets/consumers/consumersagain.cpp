// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/celltext.h"
#include "services/domain/standin.h"
#include "widgets/common/inlinemessage.h"
#include "widgets/consumers/consumerspage.h"
#include "widgets/consumers/resetdialog.h"

#include <algorithm>

// What the Consumers tab has for delivering again, and for going on with a consumer that was to be made anew for it.

void ConsumersPage::askToReset(const ConsumerId &id)
{
    const std::optional<Consumer> seen = model().find(id);
    const QList<Stream> streams = service().context().streams;
    const auto stream =
        std::find_if(streams.cbegin(), streams.cend(), [&id](const Stream &each) { return each.id == id.stream; });
    if (!seen || stream == streams.cend())
        return;
    auto *dialog = new ResetDialog(*seen, *stream, service().resetManner(), this);
    connect(dialog, &ResetDialog::confirmed, this,
        [this, seen = *seen](const ConsumerReset &wanted) { reset(seen, wanted); });
    const auto renew = [this, dialog, id] {
        const std::optional<Consumer> found = model().find(id);
        dialog->setAccess(found ? service().resetAccess(*found) : Access::no(tr("It is not there any more.")));
    };
    connect(&service(), &ConsumerService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void ConsumersPage::reset(const Consumer &seen, const ConsumerReset &wanted)
{
    if (wanted.manner == ResetManner::Recreation)
        say(Tone::Neutral, tr("%1 is being made anew").arg(seen.id.name));
    Pending<Consumer> &kept = m_resets[seen.id] = service().reset(seen, wanted);
    kept.then(this, [this, id = seen.id, manner = wanted.manner](const Result<Consumer> &outcome) {
        m_resets.erase(id);
        service().refresh();
        tellReset(id, manner, outcome);
    });
}

void ConsumersPage::tellReset(const ConsumerId &id, ResetManner manner, const Result<Consumer> &outcome)
{
    const bool isAnew = manner == ResetManner::Recreation;
    if (outcome)
        return say(Tone::Good,
            tr("%1 delivers again what follows message #%2: %3 are pending.")
                .arg(id.name, numberText(outcome->deliveredUpTo), numberText(outcome->pending)));
    if (outcome.error().kind == Error::Kind::Timeout)
        return say(Tone::Warning,
            (isAnew ? tr("It is not known yet whether %1 was made anew")
                    : tr("It is not known yet whether %1 was sent back"))
                .arg(id.name),
            outcome.error());
    say(Tone::Bad, (isAnew ? tr("%1 was not made anew") : tr("%1 was not sent back")).arg(id.name), outcome.error());
}

void ConsumersPage::finish(const Consumer &standIn)
{
    const std::optional<StandIn> begun = standInOf(standIn);
    if (!begun || m_resets.contains(standIn.id))
        return;
    Pending<Consumer> &kept = m_resets[standIn.id] = service().finish(standIn);
    kept.then(this, [this, id = standIn.id, other = begun->consumer](const Result<Consumer> &outcome) {
        m_resets.erase(id);
        service().refresh();
        if (outcome)
            return say(Tone::Good,
                tr("%1 is there, and nothing stands in for it any more: %2 messages are pending.")
                    .arg(other.name, numberText(outcome->pending)));
        const bool isUnknown = outcome.error().kind == Error::Kind::Timeout;
        say(isUnknown ? Tone::Warning : Tone::Bad,
            isUnknown ? tr("It is not known yet what became of %1").arg(other.name)
                      : tr("%1 still stands in for %2").arg(id.name, other.name),
            outcome.error());
    });
}

QString ConsumersPage::finishWords(const Consumer &consumer) const
{
    const std::optional<StandIn> kept = standInOf(consumer);
    if (!kept)
        return {};
    switch (recreationOf(consumer, *kept, service().find(kept->consumer))) {
    case Recreation::Gone:
        return tr("Make %1 anew").arg(kept->consumer.name);
    case Recreation::NotBegun:
    case Recreation::Done:
        return tr("Delete the stand-in");
    case Recreation::Overtaken:
        break; // what it keeps is nowhere else: as any other it is deleted by typing its name
    }
    return {};
}

void ConsumersPage::showUnfinished(const Consumer &consumer)
{
    const std::optional<StandIn> kept = standInOf(consumer);
    if (!kept)
        return detail()->setUnfinished({}, {}, {}, Access::yes());
    detail()->setUnfinished(tr("Unfinished: it stands in for %1").arg(kept->consumer.name),
        unfinishedText(consumer, *kept, service().find(kept->consumer)), finishWords(consumer),
        service().finishAccess(consumer));
}
