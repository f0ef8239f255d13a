// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/consumers/consumerspage.h"

#include "models/celltext.h"
#include "services/domain/assetfields.h"
#include "services/domain/standin.h"
#include "services/messaging/workloads.h"
#include "widgets/common/actionquestion.h"
#include "widgets/common/disabledreason.h"
#include "widgets/consumers/fetchwindow.h"
#include "widgets/consumers/pausedialog.h"
#include "widgets/objects/exportdialog.h"
#include "widgets/objects/linkedapps.h"

#include <QMenu>
#include <QShortcut>

#include <algorithm>
#include <iterator>

namespace {

constexpr int leastStateWidth = 260;

ObjectPage::Words words()
{
    return {{ConsumersPage::tr("Filter consumers"), ConsumersPage::tr("New consumer"), QStringLiteral("consumer")},
        ConsumersPage::tr("Consumers"), ConsumersPage::tr("consumers"),
        ConsumersPage::tr("No consumer matches the filter")};
}

/// Of the stream that an imported one begins with: the first of `found` by the name in the document, or of all.
QString noteOnStream(const QString &named, const StreamId &chosen, qsizetype found)
{
    const QString place = QStringLiteral("%1 › %2").arg(chosen.account, chosen.name);
    if (chosen.name.isEmpty())
        return ConsumersPage::tr("No stream is ready that it could read.");
    if (found > 1)
        return ConsumersPage::tr("%1 accounts have a stream %2. %3 was chosen.").arg(found).arg(named, place);
    return named.isEmpty()
        ? ConsumersPage::tr("What was imported names no stream. %1 was chosen.").arg(place)
        : ConsumersPage::tr("It is of stream %1, and none of that name is ready here. %2 was chosen.")
              .arg(named, place);
}

} // namespace

ConsumersPage::ConsumersPage(
    RuntimeSource &runtime, AccountSource &accounts, ConsumerService &consumers, Clock &clock, QWidget *parent)
    : EditingPageOf(words(), {runtime, accounts, clock}, consumers, parent)
    , m_files(consumers,
          {this, list()->message(), [this] { return now(); },
              [this](const ImportedConsumer &consumer) { return beginImported(consumer); }})
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
    connect(detail(), &ConsumerDetail::finishRequested, this, [this] {
        if (const std::optional<Consumer> shown = model().find(shownId()))
            finish(*shown);
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
    offerActionsInDetail();
    list()->setNewMenu([this](QMenu *menu) { m_files.fillNewMenu(menu); });
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
    showUnfinished(consumer);
}

void ConsumersPage::addOwnActions(QMenu *menu, int row)
{
    const Consumer &consumer = model().rowAt(row);
    const ConsumerId id = consumer.id;
    ::setAccess(menu->addAction(tr("Edit…"), this, [this, id] { edit(id); }), service().changeAccess(consumer));
    const QString finishing = finishWords(consumer);
    if (!finishing.isEmpty())
        ::setAccess(
            menu->addAction(finishing, this, [this, consumer] { finish(consumer); }), service().finishAccess(consumer));
    // a copy of one that stands in for another would be nothing of its own
    ::setAccess(menu->addAction(tr("Clone…"), this, [this, id] { clone(id); }),
        standInOf(consumer) ? service().changeAccess(consumer) : service().createAccess());
    QAction *pausing = consumer.isPaused
        ? menu->addAction(tr("Resume"), this, [this, consumer] { pause(consumer, std::nullopt); })
        : menu->addAction(tr("Pause…"), this, [this, id] { askToPause(id); });
    ::setAccess(pausing, service().pauseAccess(consumer));
    ::setAccess(
        menu->addAction(tr("Deliver again…"), this, [this, id] { askToReset(id); }), service().resetAccess(consumer));
    ::setAccess(menu->addAction(tr("Fetch messages…"), this, [this, id] { openFetching(id); }),
        service().fetchAccess(consumer));
    ::setAccess(menu->addAction(tr("Step leader down…"), this, [this, consumer] { askToStepDown(consumer); }),
        service().stepDownAccess(consumer));
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
    QJsonObject config = portableConfig(origin->config);
    // two on one deliver subject would give each worker each message twice
    for (const char *own : {"name", "durable_name", "pause_until"})
        config.remove(QLatin1String(own));
    if (config.contains(QLatin1String("deliver_subject")))
        config.insert(QStringLiteral("deliver_subject"), QString());
    beginNew(id.stream, config);
}

bool ConsumersPage::beginNew(const StreamId &stream, const QJsonObject &config)
{
    if (form()->hasDraft()) {
        say(Tone::Neutral,
            tr("A new consumer has been begun and is kept as a draft. Create or discard it first, then try again."));
        showForm();
        return false;
    }
    prepareEdit(form());
    form()->beginAs(stream, config);
    showForm();
    return true;
}

bool ConsumersPage::beginImported(const ImportedConsumer &consumer)
{
    prepareEdit(form());
    const QList<StreamId> offered = form()->offeredStreams();
    QList<StreamId> named;
    std::copy_if(offered.cbegin(), offered.cend(), std::back_inserter(named),
        [&consumer](const StreamId &id) { return id.name == consumer.stream; });
    const StreamId stream = named.value(0, offered.value(0));
    if (!beginNew(stream, consumer.config))
        return false;
    QStringList notes;
    if (named.size() != 1)
        notes.append(noteOnStream(consumer.stream, stream, named.size()));
    if (consumer.wasEphemeral)
        notes.append(tr("It was no durable consumer; here it becomes one."));
    if (!consumer.unknown.isEmpty())
        notes.append(tr("A new consumer can't be given: %1.").arg(consumer.unknown.join(QStringLiteral(", "))));
    if (notes.isEmpty())
        return true;
    const QString title = consumer.unknown.isEmpty() ? tr("Look it through") : tr("A part of it was left out");
    list()->message()->setMessage(
        consumer.unknown.isEmpty() ? Tone::Neutral : Tone::Warning, title, notes.join(QLatin1Char('\n')));
    list()->message()->show();
    return true;
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

void ConsumersPage::askToStepDown(const Consumer &consumer)
{
    auto *dialog = new ActionQuestion({tr("Let another copy lead %1").arg(consumer.id.name),
                                          tr("%1 leads it now and steps down; the copies elect another within seconds. "
                                             "Until then it delivers nothing, and acknowledgements wait. What is not "
                                             "acknowledged may be delivered once more. No message is lost.")
                                              .arg(consumer.leader),
                                          tr("&Step down")},
        this);
    connect(dialog, &ActionQuestion::confirmed, this, [this, consumer] { stepDown(consumer); });
    const auto renew = [this, dialog, consumer] { dialog->setAccess(service().stepDownAccess(consumer)); };
    connect(&service(), &ConsumerService::accessChanged, dialog, renew);
    renew();
    dialog->open();
}

void ConsumersPage::stepDown(const Consumer &seen)
{
    Pending<QString> &kept = m_steps[seen.id] = service().stepDown(seen);
    kept.then(this, [this, id = seen.id, before = seen.leader](const Result<QString> &leader) {
        m_steps.erase(id);
        if (leader)
            say(Tone::Good,
                *leader == before ? tr("%1 was elected again and leads %2.").arg(*leader, id.name)
                                  : tr("%1 leads %2 now, in place of %3.").arg(*leader, id.name, before));
        else if (leader.error().kind == Error::Kind::Timeout)
            say(Tone::Warning, tr("It is not known yet who leads %1; its details will show it").arg(id.name),
                leader.error());
        else
            say(Tone::Bad, tr("The leader of %1 did not step down").arg(id.name), leader.error());
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
    if (const auto kept = standInOf(consumer); kept && !service().find(kept->consumer))
        question.text = tr("It keeps the settings of %1, which is not there: they and its place in the stream are gone "
                           "with it.")
                            .arg(kept->consumer.name);
    else
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
