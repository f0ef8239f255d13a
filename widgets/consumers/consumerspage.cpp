// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerspage.h"

#include "models/celltext.h"
#include "services/domain/assetfields.h"
#include "services/messaging/workloads.h"
#include "widgets/common/disabledreason.h"
#include "widgets/consumers/fetchwindow.h"
#include "widgets/consumers/pausedialog.h"
#include "widgets/consumers/resetdialog.h"
#include "widgets/objects/exportdialog.h"
#include "widgets/objects/linkedapps.h"

#include <QMenu>
#include <QShortcut>

#include <algorithm>

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
    : EditingPageOf(words(), {runtime, accounts, clock}, consumers, parent)
{
    setObjectName(QStringLiteral("consumersPage"));
    list()->setColumns(Model::StateColumn, leastStateWidth,
        {Model::WaitingColumn, Model::AckPolicyColumn, Model::ModeColumn, Model::RedeliveredColumn,
            Model::AccountColumn, Model::LastActivityColumn},
        {Model::NameColumn, Model::StreamColumn, Model::AccountColumn});
    list()->table()->sortByAtFirst(Model::StreamColumn);
    form()->setNow(now());
    connect(detail(), &ConsumerDetail::editRequested, this, [this] { edit(shownId()); });
    connect(detail(), &ConsumerDetail::resumeRequested, this, [this] {
        if (const std::optional<Consumer> shown = model().find(shownId()))
            pause(*shown, std::nullopt);
    });
    connect(&consumers, &ConsumerService::accessChanged, this, [this] {
        if (const auto shown = isDetailShown() ? model().find(shownId()) : std::nullopt)
            completeDetail(*shown);
    });
    auto *change = new QShortcut(QKeySequence(Qt::Key_F2), list()->table(), nullptr, nullptr, Qt::WidgetShortcut);
    connect(change, &QShortcut::activated, this, [this] {
        if (const QModelIndex row = list()->table()->selectedRow(); row.isValid())
            edit(model().rowAt(row.row()).id);
    });
    begin();
}

/// Counts consumers: one message is pending for each of them, and a sum would count it as often.
QString ConsumersPage::countText() const
{
    const quint64 shown = quint64(model().rowCount());
    const quint64 all = quint64(model().rows().size());
    const QString waiting = tr("%1 with messages pending").arg(numberText(quint64(model().countedRows())));
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
    prepareEdit(form());
}

void ConsumersPage::prepareEdit(ConsumerForm *form)
{
    form->setContext(service().context());
    if (!m_workloads)
        return;
    const LinkedApps apps = LinkedApps::of(*m_workloads);
    form->setWorkloads(apps.items, apps.note);
}

void ConsumersPage::offerWorkloads(Workloads &workloads)
{
    m_workloads = &workloads;
    connect(&workloads, &Workloads::changed, this, [this] { renewForms(); });
}

void ConsumersPage::completeDetail(const Consumer &consumer)
{
    detail()->setEditAccess(service().changeAccess(consumer));
    detail()->setResumeAccess(service().pauseAccess(consumer));
}

void ConsumersPage::addOwnActions(QMenu *menu, int row)
{
    const Consumer &consumer = model().rowAt(row);
    const ConsumerId id = consumer.id;
    ::setAccess(menu->addAction(tr("Edit…"), this, [this, id] { edit(id); }), service().changeAccess(consumer));
    ::setAccess(menu->addAction(tr("Clone…"), this, [this, id] { clone(id); }), service().createAccess());
    QAction *pausing = consumer.isPaused
        ? menu->addAction(tr("Resume"), this, [this, consumer] { pause(consumer, std::nullopt); })
        : menu->addAction(tr("Pause…"), this, [this, id] { askToPause(id); });
    ::setAccess(pausing, service().pauseAccess(consumer));
    ::setAccess(
        menu->addAction(tr("Deliver again…"), this, [this, id] { askToReset(id); }), service().resetAccess(consumer));
    ::setAccess(menu->addAction(tr("Fetch messages…"), this, [this, id] { openFetching(id); }),
        service().fetchAccess(consumer));
    menu->addAction(tr("Export…"), this, [this, consumer] { exportConsumer(consumer); });
}

void ConsumersPage::openFetching(const ConsumerId &id)
{
    const std::optional<Consumer> found = model().find(id);
    if (!found)
        return;
    QPointer<FetchWindow> &window = m_fetching[id];
    if (!window)
        window = new FetchWindow(service(), clock(), *found, m_place, this);
    window->show();
    window->raise();
    window->activateWindow();
}

void ConsumersPage::exportConsumer(const Consumer &consumer)
{
    const auto exported = [stream = consumer.id.stream.name, config = consumer.config](
                              AssetForm form) { return ::exportConsumer(stream, config, form); };
    auto *dialog =
        new ExportDialog(tr("Export the consumer %1").arg(consumer.id.name), consumer.id.name, exported, this);
    dialog->open();
}

void ConsumersPage::clone(const ConsumerId &id)
{
    const std::optional<Consumer> origin = model().find(id);
    if (!origin)
        return;
    if (form()->hasDraft()) {
        say(Tone::Neutral,
            tr("A new consumer has been begun and is kept as a draft. Create or discard it first, then clone."));
        return showForm();
    }
    QJsonObject config = portableConfig(origin->config);
    for (const char *own : {"name", "durable_name", "pause_until"})
        config.remove(QLatin1String(own));
    prepareEdit(form());
    form()->beginAs(id.stream, config);
    showForm();
}

void ConsumersPage::askToPause(const ConsumerId &id)
{
    const std::optional<Consumer> seen = model().find(id);
    if (!seen)
        return;
    auto *dialog = new PauseDialog(*seen, clock(), this);
    connect(
        dialog, &PauseDialog::confirmed, this, [this, seen = *seen](const QDateTime &until) { pause(seen, until); });
    const auto renew = [this, dialog, id] {
        const std::optional<Consumer> found = model().find(id);
        dialog->setAccess(found ? service().pauseAccess(*found) : Access::no(tr("It is not there any more.")));
    };
    connect(&service(), &ConsumerService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void ConsumersPage::pause(const Consumer &seen, const std::optional<QDateTime> &until)
{
    Pending<std::optional<QDateTime>> &kept = m_pauses[seen.id] = service().pause(seen, until);
    kept.then(this, [this, id = seen.id, until](const Result<std::optional<QDateTime>> &paused) {
        m_pauses.erase(id);
        service().refresh();
        if (!paused && paused.error().kind == Error::Kind::Timeout)
            return say(Tone::Warning, tr("It is not known yet whether %1 is paused").arg(id.name), paused.error());
        if (!paused)
            return say(Tone::Bad,
                until ? tr("%1 was not paused").arg(id.name) : tr("%1 goes on being paused").arg(id.name),
                paused.error());
        if (until && !*paused)
            return say(Tone::Bad, tr("%1 was not paused: that time has passed.").arg(id.name));
        say(Tone::Good,
            *paused ? tr("%1 is paused until %2.")
                          .arg(id.name, QLocale().toString((*paused)->toLocalTime(), QLocale::ShortFormat))
                    : tr("%1 delivers again.").arg(id.name));
    });
}

void ConsumersPage::askToReset(const ConsumerId &id)
{
    const std::optional<Consumer> seen = model().find(id);
    const QList<Stream> streams = service().context().streams;
    const auto stream =
        std::find_if(streams.cbegin(), streams.cend(), [&id](const Stream &each) { return each.id == id.stream; });
    if (!seen || stream == streams.cend())
        return;
    auto *dialog = new ResetDialog(*seen, *stream, this);
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
    Pending<Consumer> &kept = m_resets[seen.id] = service().reset(seen, wanted);
    kept.then(this, [this, id = seen.id](const Result<Consumer> &outcome) {
        m_resets.erase(id);
        service().refresh();
        if (outcome)
            say(Tone::Good,
                tr("%1 delivers again what follows message #%2: %3 are pending.")
                    .arg(id.name, numberText(outcome->deliveredUpTo), numberText(outcome->pending)));
        else if (outcome.error().kind == Error::Kind::Timeout)
            say(Tone::Warning, tr("It is not known yet whether %1 was sent back").arg(id.name), outcome.error());
        else
            say(Tone::Bad, tr("%1 was not sent back").arg(id.name), outcome.error());
    });
}

void ConsumersPage::say(Tone tone, const QString &text, const Error &error)
{
    list()->message()->setMessage(tone, text, error.summary, error.detail);
    list()->message()->show();
}

ChangeWords ConsumersPage::changeWords(const ConsumerId &id) const
{
    return {tr("The consumer %1 was not changed; what was entered is kept").arg(id.name),
        tr("It is not known yet whether the consumer %1 was changed; what was entered is kept").arg(id.name),
        tr("The server has taken the change of %1, but left a part of it out").arg(id.name)};
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
    return {tr("The consumer %1 was not created; its draft is kept").arg(draft.id().name),
        tr("It is not known yet whether the consumer %1 was created; its draft is kept").arg(draft.id().name)};
}
