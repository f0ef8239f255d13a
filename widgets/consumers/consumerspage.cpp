// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerspage.h"

#include "models/celltext.h"

namespace {

constexpr int leastStateWidth = 260;

ObjectPage::Words words()
{
    return {{ConsumersPage::tr("Filter consumers"), ConsumersPage::tr("New consumer"), QStringLiteral("consumer")},
        ConsumersPage::tr("Consumers"), ConsumersPage::tr("consumers"),
        ConsumersPage::tr("No consumer matches the filter")};
}

} // namespace

ConsumersPage::ConsumersPage(
    RuntimeSource &runtime, AccountSource &accounts, ConsumerService &consumers, Clock &clock, QWidget *parent)
    : ObjectPageOf(words(), {runtime, accounts, clock}, consumers, parent)
{
    setObjectName(QStringLiteral("consumersPage"));
    list()->setColumns(Model::StateColumn, leastStateWidth,
        {Model::WaitingColumn, Model::AckPolicyColumn, Model::ModeColumn, Model::RedeliveredColumn,
            Model::AccountColumn, Model::LastActivityColumn},
        {Model::NameColumn, Model::StreamColumn, Model::AccountColumn});
    list()->table()->sortByAtFirst(Model::StreamColumn);
    form()->setNow(now());
    begin();
}

/// Counts consumers: one message is pending for each of them, and a sum would count it as often.
QString ConsumersPage::countText() const
{
    quint64 behind = 0;
    for (int row = 0; row < model().rowCount(); ++row)
        behind += model().rowAt(row).pending > 0 ? 1 : 0;
    const quint64 shown = quint64(model().rowCount());
    const quint64 all = quint64(model().rows().size());
    const QString waiting = tr("%1 with messages pending").arg(numberText(behind));
    if (shown != all)
        return tr("%1 of %2 consumers · %3").arg(numberText(shown), numberText(all), waiting);
    return shown == 1 ? tr("1 consumer · %1").arg(waiting) : tr("%1 consumers · %2").arg(numberText(shown), waiting);
}

ObjectPage::Emptiness ConsumersPage::nothingYet()
{
    if (service().context().streams.isEmpty())
        return {Icons::Name::Stream, tr("No streams yet"),
            tr("A consumer reads from a stream. Create the first stream, then a consumer of it."), tr("Go to Streams"),
            {}, [this] { Q_EMIT streamRequested(); }};
    return {Icons::Name::Consumer, tr("No consumers yet"),
        tr("A consumer remembers how far its workers have come in a stream, and which messages they still owe an "
           "answer."),
        tr("New consumer"), service().createAccess().reason, [this] { showForm(); }};
}

void ConsumersPage::renewForm()
{
    form()->setContext(service().context());
}

ConfirmByTyping::Question ConsumersPage::deletionOf(const Consumer &consumer) const
{
    ConfirmByTyping::Question question;
    question.title = tr("Delete the consumer %1").arg(consumer.id.name);
    question.text = tr("Its workers stop getting messages of %1. The stream and its messages stay; the "
                       "place that the consumer had reached is gone.")
                        .arg(consumer.id.stream.name);
    question.gone = {tr("Not delivered yet: %1").arg(numberText(consumer.pending)),
        tr("Delivered, not acknowledged: %1").arg(numberText(consumer.ackPending))};
    question.name = consumer.id.name;
    question.buttonText = tr("Delete consumer");
    return question;
}

RemovalWords ConsumersPage::removalWords(const ConsumerId &id) const
{
    return {tr("The consumer %1 is being deleted.").arg(id.name), tr("The consumer %1 was not deleted").arg(id.name),
        tr("It is not known yet whether the consumer %1 was deleted; the table will show it").arg(id.name)};
}

CreationWords ConsumersPage::creationWords(const ConsumerDraft &draft) const
{
    return {tr("The consumer %1 was not created; its draft is kept").arg(draft.name),
        tr("It is not known yet whether the consumer %1 was created; its draft is kept").arg(draft.name)};
}
